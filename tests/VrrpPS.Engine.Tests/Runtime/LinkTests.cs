using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Interfaces and addresses that come late, go, and come back.</summary>
[Trait("Lane", "Namespace")]
public sealed class LinkTests
{
    private const string Late = "late0";
    private static readonly InetAddress s_own = InetAddress.Parse("198.51.100.1");
    private static readonly InetAddress s_vip = InetAddress.Parse("198.51.100.100");

    [Fact]
    public async Task Interface_that_appears_late_disappears_and_returns()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, OnLate(cluster));
        Assert.Equal(RouterState.Fault, cluster.State(0).State);
        Assert.Contains("waiting for interface late0 to appear", cluster.State(0).FaultReason);
        _ = cluster.WaitForEvent(0, VrrpEventKind.Waiting, "late0");

        int first = AddLate(host);
        cluster.WaitFor(0, RouterState.Master);
        Assert.Contains(host.Netlink(netlink => netlink.GetAddresses(first)), static info => info.Address == s_vip);

        host.Netlink(static netlink => netlink.DeleteLink(netlink.FindLink(Late)!.Index));
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Equal(LastEvent.InterfaceDown, cluster.State(0).LastEvent);
        Eventually.True(() => cluster.State(0).FaultReason.Contains("waiting for interface late0 to appear"), "the interface is missed");
        Assert.All(cluster.State(0).VirtualIPAddress, static address => Assert.False(address.Bound));

        int second = AddLate(host);
        Assert.NotEqual(first, second);
        cluster.WaitFor(0, RouterState.Master);
        Assert.Contains(host.Netlink(netlink => netlink.GetAddresses(second)), static info => info.Address == s_vip);
        Assert.DoesNotContain(cluster.Events, static @event => @event.Kind is VrrpEventKind.KernelRefused or VrrpEventKind.AddressRestored);
    }

    [Fact]
    public async Task Renamed_interface_loses_the_addresses_and_gets_them_back_with_its_name()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        int index = AddLate(host);
        await cluster.StartAsync(0, OnLate(cluster) with { AddressLease = TimeSpan.FromHours(1) });
        cluster.WaitFor(0, RouterState.Master);

        host.Netlink(netlink =>
        {
            netlink.SetLinkDown(index);
            netlink.SetLinkName(index, "other0");
            netlink.SetLinkUp(index);
        });
        cluster.WaitFor(0, RouterState.Fault);
        Eventually.True(
            () => host.Netlink(netlink => netlink.GetAddresses(index)).All(static info => info.Address != s_vip), "the address is off the renamed interface");

        host.Netlink(netlink =>
        {
            netlink.SetLinkDown(index);
            netlink.SetLinkName(index, Late);
            netlink.SetLinkUp(index);
        });
        cluster.WaitFor(0, RouterState.Master);
        Assert.Contains(host.Netlink(netlink => netlink.GetAddresses(index)), static info => info.Address == s_vip);
    }

    [Fact]
    public async Task Address_to_send_from_that_appears_late_is_waited_for()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, host.IPv4, 24));
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        Assert.Equal(RouterState.Fault, cluster.State(0).State);
        Assert.Contains("waiting for an address to send from on eth0", cluster.State(0).FaultReason);

        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, host.IPv4, 24)));
        cluster.WaitFor(0, RouterState.Master);
        Assert.Contains(cluster.Engine(0).GetHistory(), static transition => transition.Event == LastEvent.PrimaryIPAddress);
        Assert.Equal(host.IPv4.ToString(), cluster.State(0).MasterAddress);

        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, host.IPv4, 24));
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Equal(LastEvent.NoPrimaryIPAddress, cluster.State(0).LastEvent);
        Assert.False(host.Has(InetAddress.Parse(Cluster.Vip)));
    }

    [Fact]
    public async Task Interface_that_is_down_at_the_start_is_waited_for()
    {
        using var cluster = new Cluster(1);
        cluster.Network[0].SetLink(up: false);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6));
        Assert.Equal(RouterState.Fault, cluster.State(0).State);
        Assert.Contains("interface eth0 is down or has no carrier", cluster.State(0).FaultReason);
        cluster.Network[0].SetLink(up: true);
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(0, RouterState.Master, AddressFamily.IPv6);
    }

    [Fact]
    public async Task Tracked_interface_that_fails_hands_the_role_over_and_its_return_takes_it_back()
    {
        using var cluster = new Cluster(2);
        var host = cluster.Network[0];
        int tracked = AddLate(host);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { TrackInterfaces = [Late] });
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Assert.Equal(TrackerStatus.Up, Assert.Single(cluster.State(0).Tracker).Status);

        host.Netlink(netlink => netlink.SetLinkDown(tracked));
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Equal(TrackerStatus.Down, Assert.Single(cluster.State(0).Tracker).Status);
        Assert.Contains($"tracked interface {Late} is down", cluster.State(0).FaultReason);
        cluster.WaitFor(1, RouterState.Master);
        Assert.Equal(LastEvent.MasterResigned, cluster.State(1).LastEvent);
        cluster.WaitForHolders(1);

        host.Netlink(netlink => netlink.SetLinkUp(tracked));
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(TrackerStatus.Up, Assert.Single(cluster.State(0).Tracker).Status);
        cluster.WaitForHolders(1);
    }

    [Fact]
    public async Task Changed_hardware_address_is_announced_and_sent_from()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        using var tap = new WireTap(cluster.Network);
        var mac = MacAddress.Read([2, 0, 0, 0, 0x77, 1]);
        host.Netlink(netlink => netlink.SetLinkAddress(host.InterfaceIndex, mac));
        _ = tap.WaitFor(frame => frame.Kind == SeenKind.Advertisement && frame.SourceMac == mac, "an advertisement from the new hardware address");
        _ = tap.WaitFor(
            frame => frame.Kind == SeenKind.GratuitousArp && frame.SourceMac == mac && frame.Source == InetAddress.Parse(Cluster.Vip),
            "the virtual address is announced with the new hardware address");
    }

    private static InstanceConfiguration OnLate(Cluster cluster) => cluster.Configuration(0, 200) with
    {
        InterfaceName = Late,
        VirtualAddresses = [new VirtualAddress(s_vip, 24)],
    };

    private static int AddLate(TestHost host) => host.Netlink(static netlink =>
    {
        netlink.CreateVethPair(Late, "late1");
        netlink.SetLinkUp(netlink.FindLink("late1")!.Index);
        int index = netlink.FindLink(Late)!.Index;
        netlink.SetLinkUp(index);
        netlink.AddAddress(new AddressAssignment(index, s_own, 24));
        return index;
    });
}
