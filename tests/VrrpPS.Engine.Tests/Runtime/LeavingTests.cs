using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Stop, suspend, resume and shutdown: the role is handed over, and whoever asked is told how it went.</summary>
[Trait("Lane", "Namespace")]
public sealed class LeavingTests
{
    private static readonly InetAddress s_vip = InetAddress.Parse(Cluster.Vip);

    [Fact]
    [Conformance("9568-6.4.3-8", Polarity.Required)]
    public async Task Leaving_Master_serves_until_its_successor_has_announced_the_address()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");
        using var tap = new WireTap(cluster.Network);
        using var monitor = cluster.Network[0].Run(NetlinkMonitor.Open);

        var outcome = await cluster.StopAsync(0);
        Assert.Equal((true, cluster.Network[1].IPv4.ToString()), (outcome.WasMaster, outcome.Successor));
        long released = Now();
        _ = Eventually.Change(monitor, static change => change.Kind == NetlinkChangeKind.AddressRemoved && change.Address.Address == s_vip, "the release");
        var announced = tap.WaitFor(static frame => frame is { Host: 1, Kind: SeenKind.GratuitousArp } && frame.Source == s_vip, "the successor announces");
        Assert.True(released > announced.Time, "released only after the announcement");
        Assert.Single(tap.Advertisements(0), static frame => frame.Priority == 0);

        // Nothing more was said after the resignation.
        Assert.Equal(0, tap.Advertisements(0)[^1].Priority);
        Assert.Empty(cluster.Engine(0).GetStates());
        Assert.Contains(cluster.Engine(0).GetHistory(), static transition => transition.ToState == RouterState.Leaving);
    }

    [Fact]
    public async Task Stop_without_a_successor_ends_within_its_bound_and_says_so()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        var outcome = await cluster.StopAsync(0, new StopOptions { HandoverTimeout = TimeSpan.FromMilliseconds(500) });
        Assert.Equal((true, (string?)null), (outcome.WasMaster, outcome.Successor));
        Assert.InRange(outcome.Duration, TimeSpan.FromMilliseconds(490), TimeSpan.FromSeconds(10));
        Assert.False(cluster.Network[0].Has(s_vip));
        _ = cluster.WaitForEvent(0, VrrpEventKind.Information, "No other router took over");
    }

    [Fact]
    public async Task Forced_stop_waits_for_nobody()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(100) });
        cluster.WaitFor(0, RouterState.Master);
        using var tap = new WireTap(cluster.Network);
        var outcome = await cluster.StopAsync(0, StopOptions.Immediately);
        Assert.True(outcome.Duration < TimeSpan.FromSeconds(1), $"{outcome.Duration}");
        _ = tap.WaitFor(static frame => frame is { Kind: SeenKind.Advertisement, Priority: 0 }, "the resignation");
        Assert.False(cluster.Network[0].Has(s_vip));
    }

    [Fact]
    [Conformance("9568-6.4.2-6", Polarity.Required)]
    public async Task Backup_that_stops_says_nothing()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");
        var outcome = await cluster.StopAsync(1);
        Assert.Equal((false, (string?)null), (outcome.WasMaster, outcome.Successor));
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 5, "advertisement of the Master", tap.Count);
        Assert.Empty(tap.Advertisements(1));
    }

    [Fact]
    public async Task Suspended_Master_hands_over_stays_out_and_preempts_when_resumed()
    {
        using var cluster = new Cluster(2);
        var token = TestContext.Current.CancellationToken;
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");

        var outcome = await cluster.Engine(0).SuspendAsync(cluster.Key(0), StopOptions.Default, token);
        Assert.Equal(cluster.Network[1].IPv4.ToString(), outcome.Successor);
        Assert.Equal((RouterState.Suspended, LastEvent.Suspended), (cluster.State(0).State, cluster.State(0).LastEvent));
        cluster.WaitFor(1, RouterState.Master);
        cluster.WaitForHolders(1);

        // Even if all others die.
        _ = await cluster.StopAsync(1, StopOptions.Immediately);
        Assert.Equal(0, cluster.Holders());
        Assert.Equal(RouterState.Suspended, cluster.State(0).State);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        cluster.WaitFor(1, RouterState.Master);
        Assert.Equal(RouterState.Suspended, cluster.State(0).State);

        await cluster.Engine(0).ResumeAsync(cluster.Key(0), token);
        cluster.WaitFor(0, RouterState.Master);
        Assert.Contains(cluster.Engine(0).GetHistory(), static transition => transition is { Event: LastEvent.Resumed, ToState: RouterState.Backup });
        cluster.WaitForHolders(1);

        // Resumed without having been suspended: nothing happens.
        await cluster.Engine(0).ResumeAsync(cluster.Key(0), token);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
    }

    [Fact]
    public async Task Suspension_that_is_resumed_or_stopped_before_it_ends_completes_for_whoever_asked()
    {
        using var cluster = new Cluster(1);
        var token = TestContext.Current.CancellationToken;
        var engine = cluster.Engine(0);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        var suspension = engine.SuspendAsync(cluster.Key(0), new StopOptions { HandoverTimeout = TimeSpan.FromSeconds(2) }, token);
        cluster.WaitFor(0, RouterState.Leaving);
        await engine.ResumeAsync(cluster.Key(0), token);
        _ = await suspension.WaitAsync(Eventually.DefaultBound, token);
        cluster.WaitFor(0, RouterState.Master);

        suspension = engine.SuspendAsync(cluster.Key(0), new StopOptions { HandoverTimeout = TimeSpan.FromSeconds(8) }, token);
        cluster.WaitFor(0, RouterState.Leaving);
        var stop = engine.StopAsync(cluster.Key(0), StopOptions.Default, token);
        _ = await engine.StopAsync(cluster.Key(0), StopOptions.Immediately, token);
        _ = await suspension.WaitAsync(Eventually.DefaultBound, token);
        _ = await stop.WaitAsync(Eventually.DefaultBound, token);
        Assert.Empty(engine.GetStates());
    }

    [Fact]
    public async Task Stop_in_fault_and_in_suspension_ends_at_once()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { InterfaceName = "none0" });
        Assert.False((await cluster.StopAsync(0)).WasMaster);

        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        _ = await cluster.Engine(0).SuspendAsync(cluster.Key(0), StopOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(RouterState.Suspended, cluster.State(0).State);
        Assert.False((await cluster.StopAsync(0)).WasMaster);
    }

    [Fact]
    public async Task Shutdown_stops_everything_in_all_namespaces_and_takes_no_more()
    {
        using var cluster = new Cluster(2);
        var engine = cluster.Engine(0);
        var token = TestContext.Current.CancellationToken;
        for (int host = 0; host < 2; host++)
        {
            await engine.StartAsync(cluster.Configuration(host, 200 - host), token);
            await engine.StartAsync(cluster.Configuration(host, 200 - host, AddressFamily.IPv6), token);
        }

        Eventually.True(() => engine.GetStates().Count(static state => state.State == RouterState.Master) == 2, "one Master per family");
        var starting = Enumerable.Range(50, 5).Select(id => engine.StartAsync(
            cluster.Configuration(0, 100) with { Name = $"late{id}", VirtualRouterId = id }, token)).ToArray();
        await engine.ShutdownAsync(StopOptions.Default, token).WaitAsync(Eventually.DefaultBound, token);
        await engine.ShutdownAsync(StopOptions.Default, token);
        foreach (var start in starting)
        {
            try
            {
                await start;
            }
            catch (Errors.VrrpException exception) when (exception.ErrorId == Errors.ErrorIds.EngineFailed)
            {
                Assert.Contains("shutting down", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.Empty(engine.GetStates());
        Assert.Equal(0, cluster.Holders() + cluster.Holders(Cluster.Vip6));
        var refusal = await Assert.ThrowsAsync<Errors.VrrpException>(() => engine.StartAsync(cluster.Configuration(0, 100), token));
        Assert.Equal(Errors.ErrorIds.EngineFailed, refusal.ErrorId);
    }

    private static long Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
}
