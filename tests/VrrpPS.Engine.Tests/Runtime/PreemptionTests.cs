using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Who takes over from whom, on a real network.</summary>
[Trait("Lane", "Namespace")]
public sealed class PreemptionTests
{
    [Fact]
    public async Task No_preempt_leaves_a_lower_Master_alone_until_it_stops()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        cluster.WaitFor(1, RouterState.Master);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { Preempt = false });

        // Ten advertisements: three times as long as a takeover takes.
        _ = tap.WaitForCount(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, 10, "advertisement of the lower Master");
        Assert.Equal(RouterState.Backup, cluster.State(0).State);
        Assert.Equal(100, cluster.State(0).MasterPriority);

        var outcome = await cluster.StopAsync(1);
        Assert.Equal(cluster.Network[0].IPv4.ToString(), outcome.Successor);
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(LastEvent.MasterResigned, cluster.State(0).LastEvent);
    }

    [Fact]
    public async Task Preempt_delay_is_reported_and_then_ends()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(1, cluster.Configuration(1, 100) with { AdvertisementInterval = new Interval(40) });
        cluster.WaitFor(1, RouterState.Master);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { PreemptDelay = TimeSpan.FromSeconds(1), AdvertisementInterval = new Interval(40) });
        var delayed = cluster.WaitForEvent(0, VrrpEventKind.Information, "preempting it in 1 s");
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal((LastEvent.PreemptHoldTimeout, NewMasterReason.Preempted), (cluster.State(0).LastEvent, cluster.State(0).NewMasterReason));
        Assert.InRange(cluster.State(0).LastTransition!.Value - delayed.Time, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
        cluster.WaitFor(1, RouterState.Backup);
    }

    [Fact]
    [Conformance("9568-6.4.3-11", Polarity.Required)]
    public async Task Equal_priorities_are_decided_by_the_higher_address()
    {
        using var cluster = new Cluster(2);
        cluster.Network.SetPartitioned(0, partitioned: true);
        await cluster.StartAsync(0, cluster.Configuration(0, 150));
        await cluster.StartAsync(1, cluster.Configuration(1, 150));
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(1, RouterState.Master);
        cluster.Network.SetPartitioned(0, partitioned: false);
        cluster.WaitFor(0, RouterState.Backup);
        Assert.Equal(RouterState.Master, cluster.State(1).State);
        Assert.Contains("same priority and the higher address", cluster.State(0).StatusMessage, StringComparison.Ordinal);
        cluster.WaitForHolders(1);
        Assert.True(cluster.Network[1].Has(InetAddress.Parse(Cluster.Vip)));
    }

    [Fact]
    [Conformance("9568-6.4.1-1", Polarity.Required)]
    public async Task Owner_is_Master_at_once_and_keeps_its_address_when_it_stops()
    {
        using var cluster = new Cluster(2);
        var vip = InetAddress.Parse(Cluster.Vip);
        var owner = cluster.Network[0];
        owner.Netlink(netlink => netlink.AddAddress(new AddressAssignment(owner.InterfaceIndex, vip, 24)));
        await cluster.StartAsync(1, cluster.Configuration(1, 254));
        cluster.WaitFor(1, RouterState.Master);
        using var tap = new WireTap(cluster.Network);

        await cluster.StartAsync(0, cluster.Configuration(0, 255));
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        Assert.Equal(LastEvent.Startup, cluster.State(0).LastEvent);
        cluster.WaitFor(1, RouterState.Backup);
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.GratuitousArp }, "the owner announces its address");
        Assert.Null(cluster.State(0).VirtualIPAddress[0].ValidLifetime);

        // The lease that it has none of does not end: one advertisement per interval and no word about it.
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 30, "advertisement of the owner");
        Assert.Equal(0, cluster.Counter(0).LeasesLost);
        _ = await cluster.StopAsync(0);
        Assert.True(owner.Has(vip));
    }

    [Fact]
    [Conformance("9568-5.2.4-1", Polarity.Refused)]
    public async Task Priority_255_without_the_address_is_refused_by_name()
    {
        using var cluster = new Cluster(1);
        var refusal = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, cluster.Configuration(0, 255)));
        Assert.Equal(ErrorIds.NotAddressOwner, refusal.ErrorId);
        Assert.Empty(cluster.Engine(0).GetStates());

        var host = cluster.Network[0];
        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, InetAddress.Parse(Cluster.Vip), 32)));
        await cluster.StartAsync(0, cluster.Configuration(0, 255));
        cluster.WaitFor(0, RouterState.Master);
        Assert.True(host.Has(InetAddress.Parse(Cluster.Vip)));
    }

    [Fact]
    [Conformance("9568-8.3.2-2", Polarity.Required)]
    public async Task Two_owners_are_reported()
    {
        using var cluster = new Cluster(2);
        foreach (var host in cluster.Network.Hosts)
        {
            host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, InetAddress.Parse(Cluster.Vip), 32)));
        }

        await cluster.StartAsync(0, cluster.Configuration(0, 255));
        await cluster.StartAsync(1, cluster.Configuration(1, 255));
        _ = cluster.WaitForEvent(0, VrrpEventKind.SplitBrain, "claims to own the addresses");
        cluster.WaitFor(0, RouterState.Backup);
        Assert.Contains(cluster.State(0).Warning, static warning => warning.StartsWith("TwoOwners", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Startup_delay_only_listens()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        cluster.WaitFor(1, RouterState.Master);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { StartupDelay = TimeSpan.FromSeconds(1) });
        var started = cluster.State(0).LastTransition!.Value;
        cluster.WaitFor(0, RouterState.Master);
        Assert.InRange(cluster.State(0).LastTransition!.Value - started, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Another_version_of_the_protocol_while_starting_is_a_fault_not_a_second_Master()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(1, cluster.Configuration(1, 100) with { Version = VrrpVersion.V2, AdvertisementInterval = Interval.OneSecond });
        cluster.WaitFor(1, RouterState.Master);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(50) });
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Contains("another VRRP version speaks for this virtual router", cluster.State(0).FaultReason);
        Assert.Equal(1, cluster.Holders());

        _ = await cluster.StopAsync(1, StopOptions.Immediately);
        cluster.WaitFor(0, RouterState.Master);
    }
}
