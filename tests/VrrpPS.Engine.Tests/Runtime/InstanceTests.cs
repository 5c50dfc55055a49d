using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Many instances in one engine, and what is told about them.</summary>
[Trait("Lane", "Namespace")]
public sealed class InstanceTests
{
    [Fact]
    public async Task Both_families_at_once_under_one_virtual_router()
    {
        using var cluster = new Cluster(2);
        foreach (var family in new[] { AddressFamily.IPv4, AddressFamily.IPv6 })
        {
            await cluster.StartAsync(0, cluster.Configuration(0, 200, family));
            await cluster.StartAsync(1, cluster.Configuration(1, 100, family));
        }

        foreach (var family in new[] { AddressFamily.IPv4, AddressFamily.IPv6 })
        {
            cluster.WaitFor(0, RouterState.Master, family);
            cluster.WaitFor(1, RouterState.Backup, family);
        }

        Assert.Equal((1, 1, 1), (cluster.Holders(), cluster.Holders(Cluster.Vip6), cluster.Holders("fe80::100")));
        var outcome = await cluster.StopAsync(0, family: AddressFamily.IPv6);
        Assert.NotNull(outcome.Successor);
        cluster.WaitFor(1, RouterState.Master, AddressFamily.IPv6);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        Assert.Equal(RouterState.Backup, cluster.State(1).State);
    }

    [Fact]
    public async Task Several_virtual_routers_on_one_interface_share_the_load()
    {
        using var cluster = new Cluster(2);
        for (int id = 1; id <= 6; id++)
        {
            for (int host = 0; host < 2; host++)
            {
                await cluster.StartAsync(host, cluster.Configuration(host, (id + host) % 2 == 0 ? 200 : 100) with
                {
                    Name = $"h{host}-{id}",
                    VirtualRouterId = id,
                    VirtualAddresses = [new VirtualAddress(InetAddress.Parse($"192.0.2.{100 + id}"), 24)],
                });
            }
        }

        Eventually.True(
            () => cluster.Engine(0).GetStates().Count(static state => state.State == RouterState.Master) == 3
                && cluster.Engine(1).GetStates().Count(static state => state.State == RouterState.Master) == 3
                && Enumerable.Range(101, 6).All(last => cluster.Holders($"192.0.2.{last}") == 1),
            () => $"each host serves three. {cluster.Describe()}");

        // One lease for all: renewed together, none is lost.
        using var monitor = cluster.Network[0].Run(NetlinkMonitor.Open);
        for (int renewals = 0; renewals < 6; renewals++)
        {
            _ = Eventually.Change(monitor, static change => change.Kind == NetlinkChangeKind.AddressAdded && change.Address.Protocol == AddressProtocol.VrrpPS, "a renewal");
        }

        Assert.DoesNotContain(cluster.Events, static @event => @event.Kind is VrrpEventKind.AddressRestored or VrrpEventKind.LeaseLost);
    }

    [Fact]
    public async Task Two_namespaces_in_one_engine_elect_each_other()
    {
        using var cluster = new Cluster(2);
        var engine = cluster.Engine(0);
        var token = TestContext.Current.CancellationToken;
        await engine.StartAsync(cluster.Configuration(0, 200), token);
        await engine.StartAsync(cluster.Configuration(1, 100), token);
        Eventually.True(() => State(0) == RouterState.Master && State(1) == RouterState.Backup, "they elect");
        Assert.Equal(1, cluster.Holders());
        _ = await engine.StopAsync(cluster.Key(0), StopOptions.Default, token);
        Eventually.True(() => State(1) == RouterState.Master, "the other takes over");
        Assert.True(cluster.Network[1].Has(InetAddress.Parse(Cluster.Vip)));

        RouterState? State(int host) => engine.GetStates().FirstOrDefault(state => state.Name == cluster.Key(host).Name)?.State;
    }

    [Fact]
    public async Task History_events_and_counters_tell_the_same_story_in_order()
    {
        using var cluster = new Cluster(2);
        var token = TestContext.Current.CancellationToken;
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");
        Eventually.True(() => cluster.Counter(1).AdvertisementReceived >= 5, "advertisements are counted");
        _ = await cluster.StopAsync(0);
        cluster.WaitFor(1, RouterState.Master);

        var history = cluster.Engine(0).GetHistory();
        Assert.Equal(
            [(RouterState.Initialize, RouterState.Backup), (RouterState.Backup, RouterState.Master), (RouterState.Master, RouterState.Leaving), (RouterState.Leaving, RouterState.Initialize)],
            history.Select(static transition => (transition.FromState, transition.ToState)));
        Assert.Equal(
            [LastEvent.Startup, LastEvent.MasterTimeout, LastEvent.Shutdown, LastEvent.Shutdown],
            history.Select(static transition => transition.Event));
        Assert.Equal(history, history.OrderBy(static transition => transition.Time));
        Eventually.True(() => cluster.EventsOf("h0-4").Count(static @event => @event.Kind == VrrpEventKind.Transition) == 4, "all events have come");
        Assert.Equal(history, cluster.EventsOf("h0-4").Where(static @event => @event.Kind == VrrpEventKind.Transition).Select(static @event => @event.Transition!));

        var counter = cluster.Counter(1);
        Assert.Equal((1, 1, 0), (counter.MasterTransitions, counter.PriorityZeroReceived, counter.PriorityZeroSent));
        Assert.True(counter.AdvertisementSent > 0 && counter.AnnouncementsSent > 0);
        await cluster.Engine(1).ClearCountersAsync(cluster.Key(1), token);
        Assert.Equal((0, 0), (cluster.Counter(1).MasterTransitions, cluster.Counter(1).PriorityZeroReceived));
        Assert.True(cluster.Counter(1).DiscontinuityTime > counter.DiscontinuityTime);
    }

    [Fact]
    public async Task Ten_milliseconds_are_an_interval_too()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(1) });
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100) with { AdvertisementInterval = new Interval(1) });
        using var tap = new WireTap(cluster.Network);
        var heard = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 100, "advertisement");
        Assert.True(heard[^1].Time - heard[0].Time > 900_000_000, "not more than one each 10 ms");
        Assert.True(cluster.State(0).LeaseOverlap > TimeSpan.FromSeconds(2));
        Assert.Contains(cluster.State(0).Warning, static warning => warning.StartsWith("LeaseOverlap", StringComparison.Ordinal));
    }
}
