using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>What breaks inside or beside the engine: nobody waits for ever, no address stays, no instance takes others with it.</summary>
[Trait("Lane", "Namespace")]
public sealed class FailureTests
{
    /// <summary>RTM_NEWADDR.</summary>
    private const int NewAddress = 20;

    private static readonly InetAddress s_vip = InetAddress.Parse(Cluster.Vip);

    [Fact]
    public async Task Loop_that_breaks_releases_its_addresses_and_tells_everybody_who_waits()
    {
        using var cluster = new Cluster(1);
        var token = TestContext.Current.CancellationToken;
        var clock = new LoopClock();
        using var engine = new VrrpEngine(new EngineOptions { TimeProvider = clock });
        var told = new TaskCompletionSource<VrrpEvent>();
        engine.EventRaised += @event => _ = @event.Kind == VrrpEventKind.EngineFailed && told.TrySetResult(@event);
        var configuration = cluster.Configuration(0, 200) with { NoAddressLease = true };
        await engine.StartAsync(configuration, token);
        WaitFor(engine, RouterState.Master);
        var move = engine.MoveAsync(cluster.Key(0), new MoveOptions { Timeout = TimeSpan.FromMinutes(10) }, token);
        WaitFor(engine, RouterState.Leaving);
        Assert.True(cluster.Network[0].Has(s_vip));

        clock.OnNextLook(static () => throw new InvalidOperationException("the clock is broken"));
        var refusal = await Assert.ThrowsAsync<VrrpException>(
            () => engine.ClearCountersAsync(cluster.Key(0), token).WaitAsync(Eventually.DefaultBound, token));
        Assert.Equal(ErrorIds.EngineFailed, refusal.ErrorId);
        Assert.Contains("the clock is broken", refusal.Message, StringComparison.Ordinal);
        refusal = await Assert.ThrowsAsync<VrrpException>(() => move.WaitAsync(Eventually.DefaultBound, token));
        Assert.Equal(ErrorIds.EngineFailed, refusal.ErrorId);
        Assert.Contains("the clock is broken", (await told.Task.WaitAsync(Eventually.DefaultBound, token)).Message, StringComparison.Ordinal);
        Eventually.True(() => !cluster.Network[0].Has(s_vip), "the address is released");

        // And the engine is as good as new.
        await engine.StartAsync(configuration, token);
        WaitFor(engine, RouterState.Master);
        _ = await engine.StopAsync(cluster.Key(0), StopOptions.Immediately, token);
    }

    [Fact]
    public async Task Kernel_without_buffers_is_a_fault_that_passes_and_not_the_end()
    {
        using var cluster = new Cluster(1);
        var token = TestContext.Current.CancellationToken;
        RefusingKernel? kernel = null;
        using var engine = new VrrpEngine(new EngineOptions
        {
            OpenNetlink = () =>
            {
                var socket = new NetlinkSocket();
                socket.SetReceiveBuffer(1024 * 1024);
                return new RouteNetlink(kernel = new RefusingKernel(socket));
            },
        });
        string? said = null;
        engine.EventRaised += @event => said = @event.Kind == VrrpEventKind.KernelRefused ? @event.Message : said;
        await engine.StartAsync(cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(100) }, token);
        kernel!.Refuses = true;
        WaitFor(engine, RouterState.Fault);
        Assert.Contains("the kernel refused a virtual address", engine.GetStates()[0].FaultReason);
        Eventually.True(() => said?.Contains("ENOBUFS", StringComparison.Ordinal) == true, "the kernel's refusal is told");
        Assert.False(cluster.Network[0].Has(s_vip));

        kernel.Refuses = false;
        Eventually.True(() => engine.GetStates() is [{ State: RouterState.Master }], "it tries again", TimeSpan.FromSeconds(30));
        Assert.True(cluster.Network[0].Has(s_vip));
        _ = await engine.StopAsync(cluster.Key(0), StopOptions.Immediately, token);
    }

    [Fact]
    public async Task Subscribers_that_throw_or_block_for_ever_do_not_hold_the_protocol_up()
    {
        using var cluster = new Cluster(1);
        using var never = new ManualResetEventSlim();
        var token = TestContext.Current.CancellationToken;
        using (var engine = new VrrpEngine())
        {
            engine.StateUpdated += static () => throw new ObjectDisposedException("a wait that has just ended");
            engine.StateUpdated += never.Wait;
            engine.EventRaised += static _ => throw new InvalidOperationException("a subscriber's defect");
            engine.EventRaised += _ => never.Wait();
            await engine.StartAsync(cluster.Configuration(0, 200), token).WaitAsync(Eventually.DefaultBound, token);
            WaitFor(engine, RouterState.Master);
            Eventually.True(() => engine.GetCounters()[0].AdvertisementSent > 5, "it advertises on");
            _ = await engine.StopAsync(cluster.Key(0), StopOptions.Immediately, token).WaitAsync(Eventually.DefaultBound, token);
            Assert.False(cluster.Network[0].Has(s_vip));
            never.Set();
        }
    }

    [Fact]
    public async Task Subscriber_that_fails_is_told_to_the_others_once()
    {
        using var cluster = new Cluster(1);
        var engine = cluster.Engine(0);
        int failures = 0;
        engine.EventRaised += _ =>
        {
            Interlocked.Increment(ref failures);
            throw new InvalidOperationException("a subscriber's defect");
        };
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        _ = await cluster.StopAsync(0, StopOptions.Immediately);
        var told = cluster.Events.Where(static @event => @event.Message.Contains("a subscriber's defect", StringComparison.Ordinal)).ToArray();
        Assert.True(Volatile.Read(ref failures) > 2);
        Assert.True(Assert.Single(told).IsWarning);
    }

    [Fact]
    public async Task Instance_that_is_just_starting_is_not_lost_when_idle_loops_are_closed()
    {
        using var cluster = new Cluster(1);
        var token = TestContext.Current.CancellationToken;
        var clock = new LoopClock();
        using var engine = new VrrpEngine(new EngineOptions { TimeProvider = clock });
        using var starting = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        clock.OnNextLook(() =>
        {
            starting.Set();
            _ = goOn.Wait(Eventually.DefaultBound);
        });
        var start = engine.StartAsync(cluster.Configuration(0, 200), token);
        Assert.True(starting.Wait(Eventually.DefaultBound, token));

        // What every stop and every refused start of another instance does.
        engine.CloseIdleLoops();
        goOn.Set();
        await start;
        Assert.Single(engine.GetStates());
        _ = await engine.StopAsync(cluster.Key(0), StopOptions.Immediately, token);
        Assert.Equal(0, engine.LoopCount);
    }

    [Fact]
    public async Task Stop_that_nobody_waits_for_any_more_ends_all_the_same()
    {
        using var cluster = new Cluster(1);
        var token = TestContext.Current.CancellationToken;
        using var engine = new VrrpEngine();
        await engine.StartAsync(cluster.Configuration(0, 200), token);
        WaitFor(engine, RouterState.Master);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        var stop = engine.StopAsync(cluster.Key(0), StopOptions.Default, patience.Token);
        WaitFor(engine, RouterState.Leaving);
        await patience.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);
        Eventually.True(() => engine.GetStates().Count == 0, "the instance is gone");
        Eventually.True(() => engine.LoopCount == 0, "its thread, too");
        Assert.False(cluster.Network[0].Has(s_vip));
    }

    [Fact]
    public async Task Refused_and_cancelled_starts_leave_no_thread_behind()
    {
        using var cluster = new Cluster(1);
        using var engine = new VrrpEngine();
        var refusal = await Assert.ThrowsAsync<VrrpException>(
            () => engine.StartAsync(cluster.Configuration(0, 255), TestContext.Current.CancellationToken));
        Assert.Equal(ErrorIds.NotAddressOwner, refusal.ErrorId);

        // The caller is told while his command is still counted as under way; then the loop ends itself.
        Eventually.True(() => engine.LoopCount == 0, "the refused instance's loop ends");
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => engine.StartAsync(cluster.Configuration(0, 200), new CancellationToken(canceled: true)));
        Eventually.True(() => engine.LoopCount == 0, "the cancelled instance's loop ends");
        Assert.Empty(engine.GetStates());
    }

    [Fact]
    public async Task Advertisement_decided_on_before_a_stall_does_not_leave_after_it()
    {
        using var cluster = new Cluster(2);
        var token = TestContext.Current.CancellationToken;
        using var tap = new WireTap(cluster.Network);
        using var replaced = new ManualResetEventSlim();
        using var stalled = new ManualResetEventSlim();

        // The takeover is decided, its address is about to be bound and its frames wait for that: there the thread stops.
        void Stall(int request)
        {
            if (request == NewAddress && !stalled.IsSet)
            {
                stalled.Set();
                _ = replaced.Wait(Eventually.DefaultBound);
            }
        }

        using var engine = new VrrpEngine(new EngineOptions { OpenNetlink = () => new RouteNetlink(new ObservedKernel(Stall)) });
        using var leaseLost = new ManualResetEventSlim();
        engine.EventRaised += told =>
        {
            if (told is { Kind: VrrpEventKind.LeaseLost, IsWarning: true })
            {
                leaseLost.Set();
            }
        };
        await engine.StartAsync(cluster.Configuration(0, 200), token);

        Assert.True(stalled.Wait(Eventually.DefaultBound, token));
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        cluster.WaitFor(1, RouterState.Master);
        _ = tap.WaitForCount(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, 4, "advertisement of the other");
        replaced.Set();

        var first = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, "it preempts in the ordinary way");
        Eventually.True(() => engine.GetHistory().Count >= 4, "Backup, Master, Backup, Master");
        var yielded = engine.GetHistory()[2];
        Assert.Equal((RouterState.Master, RouterState.Backup, LastEvent.LeaseLost), (yielded.FromState, yielded.ToState, yielded.Event));
        Assert.True(leaseLost.Wait(Eventually.DefaultBound, token), "told as an event of its own");
        Assert.Equal(1, engine.GetCounters()[0].LeasesLost);
        Assert.True(first.Time / 1e6 > yielded.Time.ToUnixTimeMilliseconds(), "nothing was sent before it had heard the other");
    }

    private static void WaitFor(VrrpEngine engine, RouterState state)
        => Eventually.True(() => engine.GetStates() is [var only] && only.State == state, $"the instance is {state}");
}
