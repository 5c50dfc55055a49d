using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Tests.Hostile;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>A switch that loses frames: a little costs nothing, a lot makes no second owner that stays.</summary>
[Trait("Lane", "Namespace")]
public sealed class LossTests
{
    /// <summary>Milliseconds.</summary>
    private const int Interval = 100;

    [Theory]
    [InlineData(10, 2)]
    [InlineData(30, 3)]
    [InlineData(50, 2)]
    [InlineData(50, 3)]
    public async Task Heavy_loss_makes_no_two_owners_that_last_and_its_end_leaves_one(int percent, int hosts)
    {
        using var cluster = new Cluster(hosts);
        await cluster.StartAsync(0, Configuration(cluster, 0));
        cluster.WaitFor(0, RouterState.Master);
        for (int host = 1; host < hosts; host++)
        {
            await cluster.StartAsync(host, Configuration(cluster, host));
            int backup = host;
            Eventually.True(() => cluster.State(backup).MasterPriority == 200, $"host {host} hears its Master");
        }

        using var control = new StallControl();
        using var owners = new Owners(cluster.Network, Cluster.Vip);
        using var tap = new WireTap(cluster.Network);
        using (var loss = Loss.OfEverything(cluster.Network, percent))
        {
            _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 25, "advertisement of the Master");
            for (int host = 1; host < hosts; host++)
            {
                int backup = host;
                Eventually.True(() => cluster.Counter(backup).AdvertisementsLost >= 2, $"host {host} counts what it misses");
            }

            Assert.True(loss.Dropped > 0);
        }

        // The best one has no reason to give the role up, whatever it hears or misses.
        var healed = MonotonicClock.Now;

        // Who missed the last ones before may still take over before the first one after.
        int mark = tap.Count;
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 3, "advertisement after the end of the loss", mark);
        cluster.WaitForHolders(1);
        for (int host = 1; host < hosts; host++)
        {
            cluster.WaitFor(host, static state => state is { State: RouterState.Backup, MasterPriority: 200 }, $"host {host} follows the Master again");
        }

        cluster.WaitForHolders(1);
        int[] taken = [.. Enumerable.Range(0, hosts).Select(owners.TakenBy)];
        mark = tap.Count;
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 10, "advertisement after that", mark);

        // A Master that is three intervals late yields once to whoever has taken over meanwhile.
        Assert.SkipWhen(control.Longest > TimeSpan.FromMilliseconds(2 * Interval), "this machine stood still for so long that the role may have changed for that");
        Assert.Equal(1, cluster.Counter(0).MasterTransitions);
        Assert.Equal(TimeSpan.Zero, owners.LongestNowhere());

        // With half of everything lost, 25 advertisements in a row are missed once in 33 million.
        var stall = control.Longest * 2;
        Assert.InRange(owners.LongestElsewhere(0), TimeSpan.Zero, TimeSpan.FromMilliseconds(26 * Interval) + TimeSpan.FromMilliseconds(200) + stall);

        // From the end of the loss on: one advertisement, and the winner's announcement or one interval. A lease is 2 s.
        Assert.InRange(owners.LongestShared(healed), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(taken, Enumerable.Range(0, hosts).Select(owners.TakenBy));
    }

    [Fact]
    public async Task One_percent_of_loss_is_counted_one_by_one_and_costs_nobody_the_role()
    {
        // Many virtual routers, so that a hundredth is reached soon.
        const int routers = 40;
        using var cluster = new Cluster(2);
        using var control = new StallControl();
        for (int host = 0; host < 2; host++)
        {
            for (int id = 1; id <= routers; id++)
            {
                await cluster.StartAsync(host, Numbered(cluster, host, id));
            }

            int current = host;
            Eventually.True(
                () => cluster.Engine(current).GetStates().All(state => current == 0 ? state.State == RouterState.Master : state.MasterPriority == 200),
                $"host {host} has found its role");
        }

        await ClearAsync(cluster);
        using var tap = new WireTap(cluster.Network);
        long dropped;
        using (var loss = Loss.OfAdvertisements(cluster.Network, 1))
        {
            Eventually.True(() => loss.Dropped >= 2, "two advertisements are lost", TimeSpan.FromSeconds(60));
            dropped = loss.Dropped;
        }

        // The last one may have been lost after the count was read.
        int mark = tap.Count;
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 3 * routers, "advertisement after the loss", mark);
        Assert.Equal(0, cluster.Engine(1).GetCounters().Sum(static counter => counter.MasterTransitions));
        Assert.All(cluster.Engine(1).GetStates(), static state => Assert.Equal(RouterState.Backup, state.State));

        // What comes half an interval late counts as lost, and what follows it early does not.
        var half = Numbered(cluster, 0, 1).AdvertisementInterval.ToTimeSpan() / 2;
        var latest = Enumerable.Range(0, 2).SelectMany(host => cluster.Engine(host).GetCounters()).Max(static counter => counter.MaxLateness);
        Assert.SkipWhen(control.Longest > half || latest > half / 2, "this machine stood still for half an interval");
        Eventually.True(() => Lost(cluster) >= dropped, () => $"{dropped} lost advertisements are counted, {Lost(cluster)} are");
        Assert.InRange(Lost(cluster), dropped, dropped + 1);
    }

    private static long Lost(Cluster cluster) => cluster.Engine(1).GetCounters().Sum(static counter => counter.AdvertisementsLost);

    private static async Task ClearAsync(Cluster cluster)
    {
        foreach (var state in cluster.Engine(1).GetStates())
        {
            await cluster.Engine(1).ClearCountersAsync(new(state.Name, state.NetworkNamespace), TestContext.Current.CancellationToken);
        }

        // A gap is one between two arrivals: what is missed before the first one is not counted.
        Eventually.True(() => cluster.Engine(1).GetCounters().All(static counter => counter.AdvertisementReceived > 0), "every router has heard its Master again");
    }

    private static InstanceConfiguration Configuration(Cluster cluster, int host)
        => cluster.Configuration(host, 200 - (50 * host)) with { AdvertisementInterval = new Interval(Interval / 10) };

    private static InstanceConfiguration Numbered(Cluster cluster, int host, int id) => cluster.Configuration(host, 200 - (100 * host)) with
    {
        Name = $"h{host}-{id.ToString(CultureInfo.InvariantCulture)}",
        VirtualRouterId = id,
        AdvertisementInterval = new Interval(30),
        VirtualAddresses = [new VirtualAddress(InetAddress.Parse($"192.0.2.{100 + id}"), 32)],
    };
}
