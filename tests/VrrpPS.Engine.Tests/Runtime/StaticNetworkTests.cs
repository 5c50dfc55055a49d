using System.Collections.Concurrent;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Orphans;
using VrrpPS.Engine.Runtime.Static;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>What a node has whoever is Master, as <c>ip</c> shows it.</summary>
[Trait("Lane", "Namespace")]
public sealed class StaticNetworkTests
{
    private readonly ConcurrentQueue<string> _said = new();

    [Fact]
    public async Task Everything_is_there_with_its_mark_while_the_service_runs_and_gone_afterwards()
    {
        using var network = TestNetwork.Create(1);
        string before = Everything(network[0]);
        using (await StaticNetwork.StartAsync(Configuration(network), _said.Enqueue))
        {
            string now = Everything(network[0]);
            Assert.Contains("10.9.0.1/24 scope global eth0", now, StringComparison.Ordinal);
            Assert.Contains("2001:db8:9::1/64", now, StringComparison.Ordinal);
            Assert.Contains("10.1.0.0/16 via 10.9.0.254 dev eth0 proto 112", now, StringComparison.Ordinal);
            Assert.Contains("from 10.9.0.1 lookup 1000 proto 112", now, StringComparison.Ordinal);
            Assert.Equal(AddressAssignment.Forever, Find(network, "10.9.0.1")!.Value.ValidLifetime);
        }

        Assert.Equal(before, Everything(network[0]));
        Assert.Empty(_said);
    }

    [Fact]
    public async Task What_is_removed_is_put_back_and_said_but_not_with_no_track()
    {
        using var network = TestNetwork.Create(1);
        var configuration = Configuration(network) with
        {
            Addresses = [VirtualAddress.Parse("10.9.0.1/24 dev eth0"), VirtualAddress.Parse("10.8.0.1/24 dev eth0 no_track")],
        };
        using var kept = await StaticNetwork.StartAsync(configuration, _said.Enqueue);
        string complete = Everything(network[0]);
        _ = Ip(network[0], "rule", "delete", "priority", "500");
        Eventually.True(() => _said.Any(static line => line.Contains("static rule from 10.9.0.1", StringComparison.Ordinal)), "the rule is back");
        _ = Ip(network[0], "route", "delete", "10.1.0.0/16");
        Eventually.True(() => _said.Any(static line => line.Contains("static route 10.1.0.0/16", StringComparison.Ordinal)), "the route is back");

        // In one message exchange, so that the thread that puts back sees both removals when it looks.
        network[0].Netlink(netlink =>
        {
            netlink.DeleteAddress(network[0].InterfaceIndex, InetAddress.Parse("10.8.0.1"), 24);
            netlink.DeleteAddress(network[0].InterfaceIndex, InetAddress.Parse("10.9.0.1"), 24);
        });
        Eventually.True(() => _said.Any(static line => line.Contains("static address 10.9.0.1/24", StringComparison.Ordinal)), "the address is back");
        Assert.Null(Find(network, "10.8.0.1"));
        network[0].Netlink(netlink => netlink.AddAddress(new AddressAssignment(network[0].InterfaceIndex, InetAddress.Parse("10.8.0.1"), 24) { Protocol = AddressProtocol.VrrpPS }));
        Eventually.True(() => Everything(network[0]) == complete, "the route that went with its interface's address is back as well");
    }

    [Fact]
    public async Task What_the_host_has_already_is_neither_changed_nor_removed()
    {
        using var network = TestNetwork.Create(1);
        _ = Ip(network[0], "route", "add", "10.1.0.0/16", "via", "192.0.2.200");
        string before = Everything(network[0]);
        var own = new StaticConfiguration
        {
            NetworkNamespace = network[0].NamespaceName,
            Addresses = [VirtualAddress.Parse($"{network[0].IPv4}/24 dev eth0")],
            Routes = [VirtualRoute.Parse("10.1.0.0/16 via 192.0.2.9")],
        };
        using (await StaticNetwork.StartAsync(own, _said.Enqueue))
        {
            Assert.Equal(before, Everything(network[0]));
            Assert.Contains(_said, static line => line.Contains("foreign hand", StringComparison.Ordinal));
        }

        Assert.Equal(before, Everything(network[0]));
    }

    [Fact]
    public async Task A_static_primary_that_goes_leaves_the_hosts_secondary_alone()
    {
        using var network = TestNetwork.Create(1);
        var secondary = InetAddress.Parse("10.9.0.77");
        using (await StaticNetwork.StartAsync(Configuration(network), _said.Enqueue))
        {
            network[0].Netlink(netlink => netlink.AddAddress(new AddressAssignment(network[0].InterfaceIndex, secondary, 24)));
            Assert.True(Find(network, "10.9.0.77")!.Value.Flags.HasFlag(AddressFlags.Secondary));
        }

        Assert.True(network[0].Has(secondary));
        Assert.Null(Find(network, "10.9.0.1"));
    }

    [Fact]
    public async Task A_reload_changes_only_what_differs()
    {
        using var network = TestNetwork.Create(1);
        var first = Configuration(network);
        using var kept = await StaticNetwork.StartAsync(first, _said.Enqueue);
        uint stamp = Find(network, "10.9.0.1")!.Value.CreationStamp;
        kept.Apply(first with { Addresses = [first.Addresses[0], VirtualAddress.Parse("10.7.0.1/32 dev eth0")], Rules = [] });
        Eventually.True(() => Find(network, "10.7.0.1") is not null, "the new address is there");
        Assert.Equal(stamp, Find(network, "10.9.0.1")!.Value.CreationStamp);
        Assert.Null(Find(network, "2001:db8:9::1"));
        Assert.DoesNotContain("500:", Everything(network[0]), StringComparison.Ordinal);
        Assert.Empty(_said);
    }

    [Fact]
    public async Task An_interface_that_comes_later_gets_its_address()
    {
        using var network = TestNetwork.Create(1);
        using var kept = await StaticNetwork.StartAsync(
            new StaticConfiguration { NetworkNamespace = network[0].NamespaceName, Addresses = [VirtualAddress.Parse("10.9.0.1/24 dev eth1")] }, _said.Enqueue);
        SecondLink.AddTo(network);
        Eventually.True(() => SecondLink.Has(network, 0, "10.9.0.1"), "the address is on the interface that appeared");
    }

    [Fact]
    public async Task A_second_keeper_is_refused_by_name_and_what_lives_is_no_orphan()
    {
        using var network = TestNetwork.Create(1);
        using var kept = await StaticNetwork.StartAsync(Configuration(network), _said.Enqueue);
        var refusal = await Assert.ThrowsAsync<VrrpException>(() => StaticNetwork.StartAsync(Configuration(network), _said.Enqueue));
        Assert.Equal(ErrorIds.StaticNetworkInUse, refusal.ErrorId);
        Assert.Empty(OrphanSearch.Find(network[0].NamespaceName, []));
    }

    [Fact]
    public void What_a_killed_service_left_is_swept_and_nothing_else()
    {
        using var network = TestNetwork.Create(1);
        string before = Everything(network[0]);
        network[0].Netlink(netlink => netlink.AddAddress(new AddressAssignment(network[0].InterfaceIndex, InetAddress.Parse("10.9.0.1"), 24) { Protocol = AddressProtocol.VrrpPS }));
        _ = Ip(network[0], "route", "add", "10.1.0.0/16", "via", "10.9.0.254", "proto", "112");
        _ = Ip(network[0], "rule", "add", "from", "10.9.0.1", "table", "1000", "priority", "500", "protocol", "112");
        Assert.Equal(
            ["rule from 10.9.0.1/32 priority 500 table 1000", "route 10.1.0.0/16 via 10.9.0.254", "10.9.0.1/24 dev eth0"],
            StaticNetwork.Sweep(Configuration(network)));
        Assert.Equal(before, Everything(network[0]));
        Assert.Empty(StaticNetwork.Sweep(Configuration(network)));
    }

    [Fact]
    public async Task A_namespace_that_does_not_exist_is_named()
    {
        RequiresRoot.OrSkip();
        var refusal = await Assert.ThrowsAsync<VrrpException>(() => StaticNetwork.StartAsync(
            new StaticConfiguration { NetworkNamespace = "nosuch", Addresses = [VirtualAddress.Parse("10.9.0.1/24 dev eth0")] }, _said.Enqueue));
        Assert.Equal(ErrorIds.NamespaceNotFound, refusal.ErrorId);
    }

    private static StaticConfiguration Configuration(TestNetwork network) => new()
    {
        NetworkNamespace = network[0].NamespaceName,
        Addresses = [VirtualAddress.Parse("10.9.0.1/24 dev eth0"), VirtualAddress.Parse("2001:db8:9::1/64 dev eth0")],
        Routes = [VirtualRoute.Parse("10.1.0.0/16 via 10.9.0.254")],
        Rules = [VirtualRule.Parse("from 10.9.0.1 table 1000 priority 500")],
    };

    private static AddressInfo? Find(TestNetwork network, string address)
        => network[0].GetAddresses().Where(info => info.Address == InetAddress.Parse(address)).Cast<AddressInfo?>().FirstOrDefault();

    private static string Everything(TestHost host)
        => Ip(host, "-o", "address", "show") + Ip(host, "route", "show", "table", "all") + Ip(host, "rule", "show") + Ip(host, "-6", "route", "show", "proto", "112");

    private static string Ip(TestHost host, params string[] arguments)
    {
        var (exitCode, output) = host.Execute("ip", string.Empty, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
