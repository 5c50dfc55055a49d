using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>A Master that dies, in every way a machine can.</summary>
[Trait("Lane", "Namespace")]
public sealed class NodeDeathTests
{
    [Theory]
    [InlineData(AddressFamily.IPv4, Cluster.Vip)]
    [InlineData(AddressFamily.IPv6, Cluster.Vip6)]
    public async Task Master_whose_link_goes_down_says_why_and_takes_its_role_back(AddressFamily family, string vip)
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family));
        cluster.WaitFor(0, RouterState.Master, family);
        await cluster.StartAsync(1, cluster.Configuration(1, 100, family));

        cluster.Network[0].SetLink(up: false);
        cluster.WaitFor(0, RouterState.Fault, family);
        var fault = cluster.State(0, family);
        Assert.Equal(LastEvent.InterfaceDown, fault.LastEvent);
        Assert.Contains("interface eth0 is down or has no carrier", fault.FaultReason);
        Assert.False(fault.VirtualIPAddress[0].Bound);
        Assert.False(cluster.Network[0].Has(InetAddress.Parse(vip)));
        cluster.WaitFor(1, RouterState.Master, family);
        Assert.Equal((LastEvent.MasterTimeout, NewMasterReason.NoResponse), (cluster.State(1, family).LastEvent, cluster.State(1, family).NewMasterReason));

        cluster.Network[0].SetLink(up: true);
        cluster.WaitFor(0, RouterState.Master, family);
        cluster.WaitFor(1, RouterState.Backup, family);
        Assert.Empty(cluster.State(0, family).FaultReason);
        cluster.WaitForHolders(1, vip);
        Assert.DoesNotContain(cluster.Events, static @event => @event.Kind is VrrpEventKind.AddressRestored or VrrpEventKind.KernelRefused);
    }

    [Fact]
    public async Task Master_whose_cable_is_pulled_is_replaced_and_comes_back()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));

        cluster.Network.SetPort(0, up: false);
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Equal(LastEvent.InterfaceDown, cluster.State(0).LastEvent);
        Assert.Contains("no carrier", Assert.Single(cluster.State(0).FaultReason));
        cluster.WaitFor(1, RouterState.Master);
        Assert.Equal(1, cluster.Holders());

        cluster.Network.SetPort(0, up: true);
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(NewMasterReason.Preempted, cluster.State(0).NewMasterReason);
        cluster.WaitFor(1, RouterState.Backup);
        cluster.WaitForHolders(1);
    }

    [Fact]
    public async Task Partition_makes_two_masters_that_notice_each_other_when_it_heals()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        cluster.Network.SetPartitioned(0, partitioned: true);
        cluster.WaitFor(1, RouterState.Master);
        Assert.Equal(RouterState.Master, cluster.State(0).State);

        using var tap = new WireTap(cluster.Network);
        cluster.Network.SetPartitioned(0, partitioned: false);
        cluster.WaitFor(1, RouterState.Backup);
        Assert.Equal(LastEvent.HigherPriorityBackup, cluster.State(1).LastEvent);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        cluster.WaitForHolders(1);

        // RFC 9568 section 6.4.3: the winner corrects the switches.
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.GratuitousArp }, "the winner announces the address again");
    }
}
