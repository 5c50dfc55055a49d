using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Virtual addresses beside the host's own ones: bound, leased, put back, and nobody else's harmed.</summary>
[Trait("Lane", "Namespace")]
public sealed class AddressTests
{
    private static readonly InetAddress s_vip = InetAddress.Parse(Cluster.Vip);

    [Theory]
    [InlineData(AddressFamily.IPv4, Cluster.Vip)]
    [InlineData(AddressFamily.IPv6, Cluster.Vip6)]
    public async Task Virtual_address_deleted_by_hand_is_put_back_announced_and_reported(AddressFamily family, string text)
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family));
        cluster.WaitFor(0, RouterState.Master, family);
        var host = cluster.Network[0];
        var vip = InetAddress.Parse(text);
        using var tap = new WireTap(cluster.Network);
        using var monitor = host.Run(NetlinkMonitor.Open);

        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, vip, Find(host, vip).PrefixLength));
        _ = Eventually.Change(monitor, change => change.Kind == NetlinkChangeKind.AddressRemoved && change.Address.Address == vip, "the address is gone");
        _ = Eventually.Change(monitor, change => change.Kind == NetlinkChangeKind.AddressAdded && change.Address.Address == vip, "the address is back");
        _ = cluster.WaitForEvent(0, VrrpEventKind.AddressRestored, text);
        var kind = family == AddressFamily.IPv4 ? SeenKind.GratuitousArp : SeenKind.UnsolicitedNeighbor;
        _ = tap.WaitFor(frame => frame.Kind == kind && frame.Source == vip, "the address is announced again");
        Assert.Equal(RouterState.Master, cluster.State(0, family).State);
        Assert.Equal(1, cluster.Counter(0, family).AddressesRestored);
        Assert.All(cluster.State(0, family).VirtualIPAddress, static address => Assert.True(address.Bound));
    }

    [Fact]
    public async Task IPv4_address_is_wide_only_beside_the_hosts_own_primary_of_that_subnet()
    {
        using var cluster = new Cluster(1);
        var beside = InetAddress.Parse("198.51.100.7");
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            VirtualAddresses = [new VirtualAddress(s_vip, 24), new VirtualAddress(beside, 24)],
        });
        cluster.WaitFor(0, RouterState.Master);
        var host = cluster.Network[0];
        var wide = Find(host, s_vip);
        Assert.Equal((24, true), (wide.PrefixLength, wide.Flags.HasFlag(AddressFlags.Secondary)));
        Assert.Equal(32, Find(host, beside).PrefixLength);
        Assert.All([wide, Find(host, beside)], static info =>
        {
            Assert.Equal(AddressProtocol.VrrpPS, info.Protocol);
            Assert.InRange(info.ValidLifetime, 1u, 2u);
        });

        _ = await cluster.StopAsync(0);
        Assert.False(host.Has(s_vip) || host.Has(beside));
        Assert.True(host.Has(host.IPv4));
    }

    [Fact]
    public async Task Hosts_own_address_that_becomes_ours_to_outlive_is_not_endangered()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        var second = InetAddress.Parse("192.0.2.77");
        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, second, 24)));
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(24, Find(host, s_vip).PrefixLength);

        // Without the host's primary address the kernel promotes the next; whichever it is, ours must not stay a primary over it.
        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, host.IPv4, 24));
        Eventually.True(
            () => host.GetAddresses().FirstOrDefault(static info => info.Address == s_vip) is { PrefixLength: > 0 } ours
                && (ours.PrefixLength == 32 || ours.Flags.HasFlag(AddressFlags.Secondary)),
            "our address is a host address or a secondary one");
        Assert.True(host.Has(second));
        _ = await cluster.StopAsync(0, StopOptions.Immediately);
        Assert.True(host.Has(second));
    }

    [Fact]
    public async Task Foreign_address_is_served_but_neither_leased_nor_removed()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, s_vip, 24)));
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        _ = cluster.WaitForEvent(0, VrrpEventKind.Information, "is not ours");
        Assert.True(cluster.State(0).VirtualIPAddress[0].Bound);
        Assert.Null(cluster.State(0).VirtualIPAddress[0].ValidLifetime);

        _ = await cluster.StopAsync(0, StopOptions.Immediately);
        Assert.Equal(AddressAssignment.Forever, Find(host, s_vip).ValidLifetime);
    }

    [Fact]
    public async Task IPv6_address_is_a_host_address_and_leaves_the_prefix_route_alone()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        string before = Routes(host);
        Assert.Contains("2001:db8::/64", before, StringComparison.Ordinal);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6));
        cluster.WaitFor(0, RouterState.Master, AddressFamily.IPv6);
        var bound = Find(host, InetAddress.Parse(Cluster.Vip6));
        Assert.Equal(128, bound.PrefixLength);
        Assert.True(bound.Flags.HasFlag(AddressFlags.NoPrefixRoute | AddressFlags.NoDuplicateDetection));
        Assert.Equal(before, Routes(host));

        // A renewal carries the same flags; one without them would change the route.
        using var monitor = host.Run(NetlinkMonitor.Open);
        var renewed = Eventually.Change(
            monitor, static change => change.Kind == NetlinkChangeKind.AddressAdded && change.Address.Address == InetAddress.Parse(Cluster.Vip6), "a renewal");
        Assert.True(renewed.Address.Flags.HasFlag(AddressFlags.NoPrefixRoute | AddressFlags.NoDuplicateDetection));
        Assert.Equal(AddressProtocol.VrrpPS, renewed.Address.Protocol);
        Assert.Equal(bound.CreationStamp, renewed.Address.CreationStamp);
        Assert.Equal(before, Routes(host));
        _ = await cluster.StopAsync(0, StopOptions.Immediately, AddressFamily.IPv6);
        Assert.Equal(before, Routes(host));
    }

    [Fact]
    public async Task Orphan_of_a_dead_engine_is_swept_at_start_and_a_foreign_one_is_not()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        var foreign = InetAddress.Parse("192.0.2.101");
        host.Netlink(netlink =>
        {
            netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, s_vip, 32) { Protocol = AddressProtocol.VrrpPS });
            netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, foreign, 32) { Protocol = AddressProtocol.Keepalived });
        });
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            StartupDelay = TimeSpan.FromHours(1),
            VirtualAddresses = [new VirtualAddress(s_vip, 24), new VirtualAddress(foreign, 24)],
        });
        Assert.False(host.Has(s_vip));
        Assert.True(host.Has(foreign));
        _ = cluster.WaitForEvent(0, VrrpEventKind.Information, "left behind by an engine that died");
    }

    [Fact]
    public async Task Without_a_lease_the_address_is_bound_for_ever()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { NoAddressLease = true });
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(AddressAssignment.Forever, Find(cluster.Network[0], s_vip).ValidLifetime);
        Assert.Null(cluster.State(0).LeaseOverlap);
        _ = await cluster.StopAsync(0, StopOptions.Immediately);
        Assert.False(cluster.Network[0].Has(s_vip));
    }

    [Fact]
    public async Task Many_addresses_are_all_bound_announced_and_released()
    {
        using var cluster = new Cluster(2);
        var addresses = Enumerable.Range(1, 150).Select(static i => new VirtualAddress(InetAddress.Parse($"198.51.100.{i}"), 32)).ToVrrpList();
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { VirtualAddresses = addresses });
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(150, cluster.Network[0].GetAddresses().Count(static info => info.Protocol == AddressProtocol.VrrpPS));
        foreach (var address in addresses)
        {
            _ = tap.WaitFor(frame => frame.Kind == SeenKind.GratuitousArp && frame.Source == address.Address, $"{address} is announced");
        }

        _ = await cluster.StopAsync(0, StopOptions.Immediately);
        Assert.DoesNotContain(cluster.Network[0].GetAddresses(), static info => info.Protocol == AddressProtocol.VrrpPS);
    }

    private static AddressInfo Find(TestHost host, InetAddress address) => host.GetAddresses().Single(info => info.Address == address);

    private static string Routes(TestHost host)
    {
        var (exitCode, output) = host.Execute("/usr/sbin/ip", string.Empty, "-6", "route", "show", "dev", TestHost.InterfaceName);
        Assert.Equal(0, exitCode);
        return string.Join('\n', output.Split('\n').Where(static line => !line.Contains("fe80::100", StringComparison.Ordinal) && !line.StartsWith(Cluster.Vip6, StringComparison.Ordinal)));
    }
}
