using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>The options of virtual addresses, as the kernel has them.</summary>
[Trait("Lane", "Namespace")]
public sealed class AddressOptionTests
{
    [Fact]
    public async Task Every_option_reaches_the_kernel_and_everything_goes_with_the_instance()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        int second = AddLink(host);
        VirtualAddress[] excluded =
        [
            Excluded("192.0.2.102/24 preferred_lft 0 noprefixroute"),
            Excluded("198.51.100.9/24 dev eth1 scope link"),
            Excluded("203.0.113.1 peer 203.0.113.2"),
            Excluded("2001:db8::99 home preferred_lft 0"),
            Excluded("2001:db8:1::1 dev eth1 peer 2001:db8:1::2"),
        ];
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            VirtualAddresses = [VirtualAddress.Parse("192.0.2.100/24 label eth0:v brd +"), .. excluded],
        });
        cluster.WaitFor(0, RouterState.Master);

        var bound = host.Netlink(static netlink => netlink.GetAddresses());
        var labelled = Find(bound, "192.0.2.100");
        Assert.True(labelled.Label.Equals("eth0:v"));
        Assert.Equal(InetAddress.Parse("192.0.2.255"), labelled.Broadcast);
        var quiet = Find(bound, "192.0.2.102");
        Assert.Equal((0u, AddressFlags.NoPrefixRoute), (quiet.PreferredLifetime, quiet.Flags & AddressFlags.NoPrefixRoute));
        var elsewhere = Find(bound, "198.51.100.9");
        Assert.Equal((second, 253, 32), (elsewhere.InterfaceIndex, elsewhere.Scope, elsewhere.PrefixLength));
        Assert.Equal(InetAddress.Parse("203.0.113.2"), Find(bound, "203.0.113.1").Peer);
        var home = Find(bound, "2001:db8::99");
        Assert.Equal((0u, AddressFlags.HomeAddress), (home.PreferredLifetime, home.Flags & AddressFlags.HomeAddress));
        Assert.Equal((second, InetAddress.Parse("2001:db8:1::2")), (Find(bound, "2001:db8:1::1").InterfaceIndex, Find(bound, "2001:db8:1::1").Peer));
        Assert.All(bound.Where(static info => info.Protocol == AddressProtocol.VrrpPS), static info => Assert.InRange(info.ValidLifetime, 1u, 2u));

        var state = cluster.State(0).VirtualIPAddress;
        Assert.Equal(["eth0", "eth0", "eth1", "eth0", "eth0", "eth1"], state.Select(static address => address.InterfaceName));
        Assert.Equal(("eth0:v", true), (state[0].Label, state[0].Advertised));
        Assert.All(state, static address => Assert.True(address.Bound));

        _ = await cluster.StopAsync(0);
        Assert.DoesNotContain(host.Netlink(static netlink => netlink.GetAddresses()), static info => info.Protocol == AddressProtocol.VrrpPS);
    }

    [Fact]
    public async Task Options_are_kept_at_every_renewal()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { VirtualAddresses = [VirtualAddress.Parse("192.0.2.100/24 label eth0:v preferred_lft 0")] });
        cluster.WaitFor(0, RouterState.Master);
        var first = Find(host.GetAddresses(), Cluster.Vip);
        Eventually.True(() => Find(host.GetAddresses(), Cluster.Vip).UpdateStamp > first.UpdateStamp + 50, "the lease is renewed");
        var later = Find(host.GetAddresses(), Cluster.Vip);
        Assert.Equal((first.CreationStamp, 0u), (later.CreationStamp, later.PreferredLifetime));
        Assert.True(later.Label.Equals("eth0:v"));
    }

    [Fact]
    public async Task Interface_of_an_address_that_goes_down_is_a_fault_and_comes_back()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        int second = AddLink(host);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            VirtualAddresses = [VirtualAddress.Parse("192.0.2.100/24"), Excluded("198.51.100.9 dev eth1")],
        });
        cluster.WaitFor(0, RouterState.Master);
        host.Netlink(netlink => netlink.SetLinkDown(second));
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Equal(("eth1", "Down"), cluster.State(0).Tracker.Select(static tracker => (tracker.Name, tracker.Status.ToString())).Single());
        Assert.False(host.Has(InetAddress.Parse(Cluster.Vip)));

        host.Netlink(netlink => netlink.SetLinkUp(second));
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(second, Find(host.Netlink(static netlink => netlink.GetAddresses()), "198.51.100.9").InterfaceIndex);
    }

    [Fact]
    public async Task Untracked_address_stays_away_and_its_missing_interface_is_no_fault()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            VirtualAddresses = [VirtualAddress.Parse("192.0.2.100/24"), Excluded("192.0.2.101/24 no_track"), Excluded("198.51.100.9 dev eth1 no_track")],
        });
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal([true, true, false], cluster.State(0).VirtualIPAddress.Select(static address => address.Bound));
        var gone = InetAddress.Parse("192.0.2.101");
        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, gone, 24));
        cluster.WaitFor(0, static state => !state.VirtualIPAddress[1].Bound, "the loss is seen");

        // The tracked one, deleted later, is put back; by then the other would be, too.
        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, InetAddress.Parse(Cluster.Vip), 24));
        _ = cluster.WaitForEvent(0, VrrpEventKind.AddressRestored, Cluster.Vip);
        Assert.False(host.Has(gone));
    }

    [Fact]
    public async Task Address_moves_to_another_interface_and_gets_a_label_while_the_instance_stays_Master()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        int second = AddLink(host);
        var before = cluster.Configuration(0, 200) with { VirtualAddresses = [VirtualAddress.Parse("192.0.2.100/24"), Excluded("198.51.100.9")] };
        await cluster.StartAsync(0, before);
        cluster.WaitFor(0, RouterState.Master);
        await cluster.ApplyAsync(0, before with { VirtualAddresses = [VirtualAddress.Parse("192.0.2.100/24 label eth0:v"), Excluded("198.51.100.9 dev eth1")] });
        var bound = host.Netlink(static netlink => netlink.GetAddresses());
        Assert.Equal(second, bound.Single(static info => info.Address == InetAddress.Parse("198.51.100.9")).InterfaceIndex);
        Assert.True(Find(bound, Cluster.Vip).Label.Equals("eth0:v"));
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        Assert.Single(cluster.Engine(0).GetHistory(), static transition => transition.ToState == RouterState.Master);
    }

    [Fact]
    public async Task Addresses_of_another_interface_and_family_are_announced_there()
    {
        using var cluster = new Cluster(2);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { VirtualAddresses = [VirtualAddress.Parse("192.0.2.100/24"), Excluded("2001:db8::99")] });
        cluster.WaitFor(0, RouterState.Master);
        _ = tap.WaitFor(static frame => frame.Kind == SeenKind.UnsolicitedNeighbor && frame.Source == InetAddress.Parse("2001:db8::99"), "the IPv6 address is announced");
        Assert.All(tap.Advertisements(0), static frame => Assert.Equal(AddressFamily.IPv4, frame.Source.Family));
    }

    [Fact]
    public void Guard_removes_point_to_point_addresses_and_what_else_it_is_told()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        var (local, peer) = (InetAddress.Parse("203.0.113.1"), InetAddress.Parse("203.0.113.2"));
        host.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, local, 32) { Peer = peer });
            netlink.AddRoute(InetAddress.Parse("10.0.0.0"), 8, default, host.InterfaceIndex);
            netlink.AddRoute(InetAddress.Parse("2001:db8:5::"), 48, default, host.InterfaceIndex);
            using var guard = AddressGuard.Start();
            guard.Update(
                [new GuardedAddress(host.IPv4, 24, TestHost.InterfaceName), new GuardedAddress(local, 32, TestHost.InterfaceName) { Peer = peer }],
                ["route delete 10.0.0.0/8 dev eth0", "route delete 2001:db8:5::/48 dev eth0"]);
            guard.Trigger();
        });
        Assert.False(host.Has(local) || host.Has(host.IPv4));
        Assert.DoesNotContain("10.0.0.0", host.Execute("/usr/sbin/ip", string.Empty, "route", "show").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("2001:db8:5::", host.Execute("/usr/sbin/ip", string.Empty, "-6", "route", "show").Output, StringComparison.Ordinal);
    }

    internal static VirtualAddress Excluded(string text) => VirtualAddress.Parse(text) with { Advertised = false };

    /// <summary>Gives a host a second interface, eth1; its index.</summary>
    internal static int AddLink(TestHost host) => host.Netlink(static netlink =>
    {
        netlink.CreateVethPair("eth1", "far1");
        int index = netlink.FindLink("eth1")!.Index;
        netlink.SetLinkUp(index);
        netlink.SetLinkUp(netlink.FindLink("far1")!.Index);
        return index;
    });

    private static AddressInfo Find(IEnumerable<AddressInfo> addresses, string text)
        => addresses.First(info => info.Address == InetAddress.Parse(text));
}
