using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

[Trait("Lane", "Namespace")]
public sealed class RouteNetlinkTests
{
    private static readonly InetAddress s_v4 = InetAddress.Parse("192.0.2.100");
    private static readonly InetAddress s_v6 = InetAddress.Parse("2001:db8::100");

    [Theory]
    [InlineData("192.0.2.100", 32)]
    [InlineData("2001:db8::100", 128)]
    public void Bound_address_is_listed_with_everything_it_was_bound_with(string text, byte prefixLength)
    {
        using var network = TestNetwork.Create(1);
        var address = InetAddress.Parse(text);
        network[0].Netlink(netlink => netlink.AddAddress(new AddressAssignment(network[0].InterfaceIndex, address, prefixLength)
        {
            ValidLifetime = 100,
            PreferredLifetime = 0,
            Protocol = AddressProtocol.VrrpPS,
            Flags = AddressFlags.NoDuplicateDetection | AddressFlags.NoPrefixRoute,
        }));

        var info = network[0].GetAddresses().Single(info => info.Address == address);

        Assert.Equal(prefixLength, info.PrefixLength);
        Assert.InRange(info.ValidLifetime, 98u, 100u);
        Assert.Equal(0u, info.PreferredLifetime);
        Assert.True(info.Flags.HasFlag(AddressFlags.NoPrefixRoute));
        Assert.False(info.Flags.HasFlag(AddressFlags.Permanent));
        Assert.NotEqual(0u, info.CreationStamp);
        Assert.Equal(AddressProtocol.VrrpPS, info.Protocol);
    }

    [Fact]
    public void Second_binding_is_refused_and_a_renewal_keeps_the_creation_stamp()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        var assignment = new AddressAssignment(host.InterfaceIndex, s_v4, 32) { ValidLifetime = 50 };
        host.Netlink(netlink =>
        {
            netlink.AddAddress(assignment);
            var first = netlink.GetAddresses(host.InterfaceIndex).Single(static info => info.Address == s_v4);
            Assert.Equal("EEXIST", Assert.Throws<NetlinkException>(() => netlink.AddAddress(assignment)).ErrnoName);

            netlink.ReplaceAddress(assignment with { ValidLifetime = 500 });

            var second = netlink.GetAddresses(host.InterfaceIndex).Single(static info => info.Address == s_v4);
            Assert.InRange(second.ValidLifetime, 498u, 500u);
            Assert.Equal(first.CreationStamp, second.CreationStamp);
        });
    }

    [Fact]
    public void Removing_what_is_not_bound_names_the_address()
    {
        using var network = TestNetwork.Create(1);
        var error = network[0].Netlink(netlink =>
            Assert.Throws<NetlinkException>(() => netlink.DeleteAddress(network[0].InterfaceIndex, s_v4, 32)));
        Assert.Equal("EADDRNOTAVAIL", error.ErrnoName);
        Assert.Contains("192.0.2.100/32", error.Message);
    }

    [Fact]
    public void Batch_binds_many_of_both_families_and_reports_the_one_refused()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        host.Netlink(netlink =>
        {
            var batch = netlink.CreateAddressBatch();
            for (uint i = 0; i < 120; i++)
            {
                batch.Replace(new AddressAssignment(host.InterfaceIndex, InetAddress.FromIPv4(0x0A000001 + i), 32) { ValidLifetime = 60 });
                batch.Replace(new AddressAssignment(host.InterfaceIndex, InetAddress.Parse($"2001:db8:1::{i + 1:x}"), 128)
                {
                    ValidLifetime = 60,
                    Flags = AddressFlags.NoDuplicateDetection | AddressFlags.NoPrefixRoute,
                });
            }

            batch.Replace(new AddressAssignment(9999, s_v4, 32));
            Assert.Equal(1, batch.Commit());
            Assert.Equal("ENODEV", batch.Results[240].ToException().ErrnoName);
            Assert.Equal(240, netlink.GetAddresses(host.InterfaceIndex).Count(static info => info.ValidLifetime <= 60));

            batch.Clear();
            batch.Delete(new AddressAssignment(host.InterfaceIndex, InetAddress.FromIPv4(0x0A000001), 32));
            Assert.Equal(0, batch.Commit());
            Assert.DoesNotContain(netlink.GetAddresses(host.InterfaceIndex), static info => info.Address == InetAddress.FromIPv4(0x0A000001));
        });
    }

    [Fact]
    public void Links_are_made_changed_moved_and_deleted()
    {
        using var network = TestNetwork.Create(2);
        var mac = MacAddress.VirtualRouter(AddressFamily.IPv4, 51);
        network[0].Netlink(netlink =>
        {
            netlink.CreateMacvlan("vrrp51", network[0].InterfaceIndex, mac);
            var macvlan = netlink.FindLink("vrrp51")!;
            Assert.Equal((mac, "macvlan", network[0].InterfaceIndex), (macvlan.MacAddress, macvlan.Kind, macvlan.LowerIndex));
            netlink.SetLinkUp(macvlan.Index);
            Assert.True(netlink.FindLink("vrrp51")!.Flags.HasFlag(LinkFlags.Up));
            netlink.SetLinkDown(macvlan.Index);
            netlink.SetLinkName(macvlan.Index, "renamed");
            netlink.SetLinkMtu(macvlan.Index, 1400);
            netlink.SetLinkAddress(macvlan.Index, new MacAddress(0x0200_0000_0001));
            var changed = netlink.FindLink("renamed")!;
            Assert.Equal((1400, new MacAddress(0x0200_0000_0001)), (changed.Mtu, changed.MacAddress));
            netlink.DeleteLink(macvlan.Index);
            Assert.Null(netlink.FindLink("renamed"));

            netlink.CreateVethPair("left", "right");
            netlink.CreateBridge("br");
            int bridge = netlink.FindLink("br")!.Index;
            netlink.SetLinkMaster(netlink.FindLink("left")!.Index, bridge);
            Assert.Equal(bridge, netlink.FindLink("left")!.MasterIndex);
            netlink.SetLinkNamespace(netlink.FindLink("right")!.Index, network[1].Namespace);
            Assert.Null(netlink.FindLink("right"));
        });
        Assert.Equal("veth", network[1].Netlink(static netlink => netlink.FindLink("right")!.Kind));
    }

    [Fact]
    public void Route_carries_traffic_beyond_the_subnet()
    {
        using var network = TestNetwork.Create(2);
        var far = InetAddress.Parse("198.51.100.1");
        network[1].Netlink(netlink => netlink.AddAddress(new AddressAssignment(network[1].InterfaceIndex, far, 32)));
        network[0].Netlink(netlink =>
        {
            netlink.AddRoute(InetAddress.Parse("198.51.100.0"), 24, network[1].IPv4, network[0].InterfaceIndex);
            netlink.AddRoute(default, 0, network[1].IPv6, network[0].InterfaceIndex);
        });
        var (exitCode, output) = network[0].Execute("ping", string.Empty, "-c", "1", "-W", "5", far.ToString());
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Quiet_renewals_wake_nobody_and_everything_else_is_heard()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        host.Run(() =>
        {
            using var monitor = NetlinkMonitor.Open();
            using var netlink = RouteNetlink.Open();
            using var other = RouteNetlink.Open();
            monitor.IgnoreQuiet(netlink.Port!.Value);
            var assignment = new AddressAssignment(host.InterfaceIndex, s_v4, 32) { ValidLifetime = 100 };
            var heard = new List<string>();
            void Change(RouteNetlink by, bool isDelete, bool isQuiet)
            {
                var batch = by.CreateAddressBatch();
                if (isDelete)
                {
                    batch.Delete(assignment);
                }
                else
                {
                    batch.Replace(assignment);
                }

                Assert.Equal(0, batch.Commit(isQuiet));

                // The kernel has queued the event before it answered.
                while (monitor.TryRead(out var change))
                {
                    heard.Add($"{change.Kind} {change.Address.Address}");
                }

                heard.Add($"{(isQuiet ? "quiet" : "aloud")} {(isDelete ? "removed" : "bound")}");
            }

            Change(netlink, isDelete: false, isQuiet: false);
            Change(netlink, isDelete: false, isQuiet: true);
            Change(netlink, isDelete: false, isQuiet: true);
            Change(netlink, isDelete: false, isQuiet: false);
            Change(other, isDelete: false, isQuiet: true);
            Change(netlink, isDelete: true, isQuiet: true);
            Assert.Equal(
                [
                    $"AddressAdded {s_v4}", "aloud bound", "quiet bound", "quiet bound", $"AddressAdded {s_v4}", "aloud bound",
                    $"AddressAdded {s_v4}", "quiet bound", $"AddressRemoved {s_v4}", "quiet removed",
                ],
                heard);
        });
    }

    [Fact]
    public void Lease_that_nobody_renews_ends_by_itself()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        host.Run(() =>
        {
            using var monitor = NetlinkMonitor.Open();
            using var netlink = RouteNetlink.Open();
            netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, s_v4, 32) { ValidLifetime = 1 });
            netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, s_v6, 128)
            {
                ValidLifetime = 1,
                Flags = AddressFlags.NoDuplicateDetection | AddressFlags.NoPrefixRoute,
            });
            var gone = new HashSet<InetAddress>();
            _ = Eventually.Change(
                monitor,
                change => change.Kind == NetlinkChangeKind.AddressRemoved && gone.Add(change.Address.Address) && gone.Count == 2,
                "both leases ended");
            Assert.Equal([s_v4, s_v6], gone.Order());
        });
    }
}
