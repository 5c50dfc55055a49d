using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>
/// One thread serves all instances: while it is busy with one for longer than a Master_Down_Interval, it hears nothing. A Master that
/// advertised all the while is no silent one.
/// </summary>
[Trait("Lane", "Namespace")]
public sealed class DeafnessTests
{
    private const int NewAddress = 20, ListAddresses = 22;

    /// <summary>At 100 ms more than every Master_Down_Interval.</summary>
    private const int Advertisements = 6;

    [Fact]
    public async Task A_Master_that_is_heard_is_not_succeeded_because_another_takeover_took_long()
    {
        int kept = 0;
        WireTap? tap = null;
        using var cluster = new Cluster(2, host => host == 0 ? new EngineOptions { OpenNetlink = () => new RouteNetlink(new ObservedKernel(Keep)) } : EngineOptions.Default);
        using var opened = new WireTap(cluster.Network);
        tap = opened;
        await cluster.StartAsync(1, cluster.Configuration(1, 200));
        await cluster.StartAsync(1, Another(cluster, 1, 42, 200));
        Eventually.True(() => cluster.Engine(1).GetStates().All(static state => state.State == RouterState.Master), "the Masters are there");
        await cluster.StartAsync(0, cluster.Configuration(0, 100));
        await cluster.StartAsync(0, Another(cluster, 0, 42, 100));

        _ = await cluster.StopAsync(1, StopOptions.Immediately);

        Eventually.True(() => StateOf(cluster, 41) == RouterState.Master, "the other takes over");
        WaitForAdvertisements(tap!, 42);
        Assert.Equal(1, kept);
        Assert.Equal(RouterState.Backup, StateOf(cluster, 42));
        Assert.DoesNotContain(cluster.Engine(0).GetHistory(), static entry => entry is { Name: "h0-42", ToState: RouterState.Master });

        void Keep(int request)
        {
            if (request == NewAddress && Interlocked.CompareExchange(ref kept, 1, 0) == 0)
            {
                WaitForAdvertisements(tap!, 42);
            }
        }
    }

    [Fact]
    public async Task A_Master_that_is_heard_is_not_succeeded_because_a_start_took_long()
    {
        int kept = 0;
        WireTap? tap = null;
        using var cluster = new Cluster(2, host => host == 0 ? new EngineOptions { OpenNetlink = () => new RouteNetlink(new ObservedKernel(Keep)) } : EngineOptions.Default);
        using var opened = new WireTap(cluster.Network);
        tap = opened;
        foreach (int router in (int[])[42, 43])
        {
            await cluster.StartAsync(1, Another(cluster, 1, router, 200));
        }

        Eventually.True(() => cluster.Engine(1).GetStates().All(static state => state.State == RouterState.Master), "the Masters are there");
        await cluster.StartAsync(0, Another(cluster, 0, 42, 100));
        Interlocked.Exchange(ref kept, 1);

        await cluster.StartAsync(0, Another(cluster, 0, 43, 100));

        WaitForAdvertisements(tap!, 43);
        Assert.Equal(2, kept);
        Assert.Equal(RouterState.Backup, StateOf(cluster, 42));
        Assert.Equal(RouterState.Backup, StateOf(cluster, 43));
        Assert.DoesNotContain(cluster.Engine(0).GetHistory(), static entry => entry.ToState == RouterState.Master);

        void Keep(int request)
        {
            if (request == ListAddresses && Interlocked.CompareExchange(ref kept, 2, 1) == 1)
            {
                WaitForAdvertisements(tap!, 43);
            }
        }
    }

    [Fact]
    public async Task A_Master_goes_on_advertising_while_every_start_takes_longer_than_a_turn_may_be_deaf()
    {
        const int starts = 60, milliseconds = 7;
        const long interval = 100 * Instant.NanosecondsPerMillisecond;
        int kept = 0;
        using var cluster = new Cluster(1, _ => new EngineOptions { OpenNetlink = () => new RouteNetlink(new ObservedKernel(Keep)) });
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        Interlocked.Exchange(ref kept, 1);

        await Task.WhenAll(Enumerable.Range(0, starts).Select(i => cluster.StartAsync(0, Another(cluster, 0, 60 + i, 100))));

        Interlocked.Exchange(ref kept, 0);
        int seen = tap.Frames.Count(IsHis);
        long[] times = [.. tap.WaitForCount(IsHis, seen + 2, "two after the last start").Where(IsHis).Select(static frame => frame.Time)];
        long widest = times.Zip(times.Skip(1), static (one, next) => next - one).Max();
        Assert.True(widest < 3 * interval, $"silent for {widest} ns");

        // The kernel is slow, as one with thousands of addresses is.
        void Keep(int request)
        {
            if (request == ListAddresses && Volatile.Read(ref kept) == 1)
            {
                Thread.Sleep(milliseconds);
            }
        }

        bool IsHis(SeenFrame frame) => frame is { Host: 0, Kind: SeenKind.Advertisement, VirtualRouterId: 41 };
    }

    private static InstanceConfiguration Another(Cluster cluster, int host, int router, int priority) => cluster.Configuration(host, priority) with
    {
        Name = $"h{host}-{router}",
        VirtualRouterId = router,
        VirtualAddresses = [new VirtualAddress(InetAddress.Parse($"192.0.2.{100 + router}"), 24)],
    };

    private static RouterState StateOf(Cluster cluster, int router)
        => cluster.Engine(0).GetStates().Single(state => state.VirtualRouterId == router).State;

    private static void WaitForAdvertisements(WireTap tap, int router)
    {
        _ = tap.WaitForCount(IsHis, tap.Frames.Count(IsHis) + Advertisements, "the Master goes on");

        bool IsHis(SeenFrame frame) => frame is { Host: 1, Kind: SeenKind.Advertisement } && frame.VirtualRouterId == router;
    }
}
