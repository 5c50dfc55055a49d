using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Routes and rules of a Master, as <c>ip</c> shows them.</summary>
[Trait("Lane", "Namespace")]
public sealed class RouteTests
{
    private static readonly VrrpList<VirtualRoute> s_routes =
    [
        VirtualRoute.Parse("10.1.0.0/16 via 192.0.2.254 src 192.0.2.100 metric 7 mtu 1400"),
        VirtualRoute.Parse("10.2.0.0/16 dev eth0 table 1000"),
        VirtualRoute.Parse("blackhole 10.3.0.0/16"),
        VirtualRoute.Parse("10.4.0.0/16 nexthop via 192.0.2.253 weight 2 nexthop via 192.0.2.254"),
        VirtualRoute.Parse("2001:db8:7::/48 via 2001:db8::fe metric 50"),
        VirtualRoute.Parse("10.5.0.0/16 via 198.51.100.1 dev eth0 onlink"),
    ];

    private static readonly VrrpList<VirtualRule> s_rules =
    [
        VirtualRule.Parse("from 192.0.2.100 table 1000 priority 500"),
        VirtualRule.Parse("to 2001:db8:9::/48 fwmark 0x10/0xff prohibit priority 501"),
        VirtualRule.Parse("not from 10.0.0.0/8 iif eth0 table main suppress_prefixlength 0 priority 502"),
    ];

    [Fact]
    public async Task Routes_and_rules_come_with_the_addresses_and_go_with_them()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        string before = Everything(host);
        await cluster.StartAsync(0, Configuration(cluster));
        cluster.WaitFor(0, RouterState.Master);

        string routes = Ip(host, "-d", "route", "show", "table", "all", "proto", "112");
        Assert.Contains("10.1.0.0/16 via 192.0.2.254 dev eth0 table main scope global src 192.0.2.100 metric 7 mtu 1400", routes, StringComparison.Ordinal);
        Assert.Contains("10.2.0.0/16 dev eth0 table 1000 scope link", routes, StringComparison.Ordinal);
        Assert.Contains("blackhole 10.3.0.0/16", routes, StringComparison.Ordinal);
        Assert.Contains("nexthop via 192.0.2.253 dev eth0 weight 2", routes, StringComparison.Ordinal);
        Assert.Contains("10.5.0.0/16 via 198.51.100.1 dev eth0 table main scope global onlink", routes, StringComparison.Ordinal);
        Assert.Contains("2001:db8:7::/48 via 2001:db8::fe dev eth0", Ip(host, "-6", "route", "show", "proto", "112"), StringComparison.Ordinal);
        string rules = Ip(host, "-d", "rule", "show");
        Assert.Contains("from 192.0.2.100 lookup 1000 proto 112", rules, StringComparison.Ordinal);
        Assert.Contains("not from 10.0.0.0/8 iif eth0 lookup main suppress_prefixlength 0 proto 112", rules, StringComparison.Ordinal);
        Assert.Contains("to 2001:db8:9::/48 fwmark 0x10/0xff prohibit proto 112", Ip(host, "-6", "-d", "rule", "show"), StringComparison.Ordinal);
        Assert.DoesNotContain(cluster.Events, static e => e.Kind == VrrpEventKind.KernelRefused);

        _ = await cluster.StopAsync(0);
        Assert.Equal(before, Everything(host));
    }

    [Fact]
    public async Task Route_and_rule_deleted_by_hand_are_put_back_and_reported()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, Configuration(cluster));
        cluster.WaitFor(0, RouterState.Master);
        string installed = Everything(host);
        _ = Ip(host, "route", "delete", "10.2.0.0/16", "table", "1000");
        _ = cluster.WaitForEvent(0, VrrpEventKind.RouteRestored, "10.2.0.0/16");
        _ = Ip(host, "rule", "delete", "priority", "500");
        _ = cluster.WaitForEvent(0, VrrpEventKind.RouteRestored, "from 192.0.2.100/32");
        Assert.Equal(installed, Everything(host));
    }

    [Fact]
    public async Task Route_with_a_virtual_source_comes_back_with_its_address()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, Configuration(cluster));
        cluster.WaitFor(0, RouterState.Master);

        // The kernel removes the route with its source address and tells nobody.
        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, InetAddress.Parse(Cluster.Vip), 24));
        _ = cluster.WaitForEvent(0, VrrpEventKind.RouteRestored, "10.1.0.0/16");
        Assert.Contains("10.1.0.0/16", Ip(host, "route", "show", "proto", "112"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_routes_are_taken_over_by_difference()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        var first = Configuration(cluster) with { VirtualRoutes = [s_routes[0], s_routes[2]], VirtualRules = [s_rules[0]] };
        await cluster.StartAsync(0, first);
        cluster.WaitFor(0, RouterState.Master);
        await cluster.ApplyAsync(0, first with { VirtualRoutes = [s_routes[0], s_routes[1]], VirtualRules = [s_rules[2]] });
        string routes = Ip(host, "route", "show", "table", "all", "proto", "112");
        Assert.Contains("10.1.0.0/16", routes, StringComparison.Ordinal);
        Assert.Contains("10.2.0.0/16", routes, StringComparison.Ordinal);
        Assert.DoesNotContain("10.3.0.0/16", routes, StringComparison.Ordinal);
        string rules = Ip(host, "rule", "show");
        Assert.Contains("502:", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("500:", rules, StringComparison.Ordinal);
        Assert.Single(cluster.Engine(0).GetHistory(), static transition => transition.ToState == RouterState.Master);

        await cluster.ApplyAsync(0, first with { VirtualRoutes = [], VirtualRules = [] });
        Assert.Empty(Ip(host, "route", "show", "table", "all", "proto", "112"));
    }

    [Fact]
    public async Task Foreign_route_is_left_alone_and_reported()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        _ = Ip(host, "route", "add", "10.2.0.0/16", "via", "192.0.2.9", "table", "1000");
        await cluster.StartAsync(0, Configuration(cluster) with { VirtualRoutes = [s_routes[1]], VirtualRules = [] });
        cluster.WaitFor(0, RouterState.Master);
        _ = cluster.WaitForEvent(0, VrrpEventKind.KernelRefused, "10.2.0.0/16");
        _ = await cluster.StopAsync(0);
        Assert.Contains("via 192.0.2.9", Ip(host, "route", "show", "table", "1000"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_engine_left_is_swept_and_what_is_not_ours_stays()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        _ = Ip(host, "route", "add", "10.2.0.0/16", "dev", "eth0", "table", "1000", "proto", "112");
        _ = Ip(host, "route", "add", "10.77.0.0/16", "dev", "eth0", "proto", "112");
        _ = Ip(host, "rule", "add", "from", "192.0.2.100", "table", "1000", "priority", "500", "protocol", "112");
        var configuration = Configuration(cluster) with { StartupDelay = TimeSpan.FromMinutes(5) };
        await cluster.StartAsync(0, configuration);
        _ = cluster.WaitForEvent(0, VrrpEventKind.Information, "10.2.0.0/16");
        _ = cluster.WaitForEvent(0, VrrpEventKind.Information, "from 192.0.2.100/32");
        Assert.DoesNotContain("500:", Ip(host, "rule", "show"), StringComparison.Ordinal);
        Assert.Contains("10.77.0.0/16", Ip(host, "route", "show"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guard_removes_routes_and_rules_of_a_killed_engine()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        string before = Everything(host);
        await cluster.StartAsync(0, Configuration(cluster) with { NoAddressLease = true });
        cluster.WaitFor(0, RouterState.Master);

        // What the engine tells its guard, given to a second one that is made to act.
        host.Run(() =>
        {
            using var guard = AddressGuard.Start();
            guard.Update([], RouteCommands.Removal(s_routes, s_rules));
            guard.Trigger();
        });
        _ = cluster.WaitForEvent(0, VrrpEventKind.RouteRestored, "10.2.0.0/16");
        Eventually.True(
            () => cluster.Events.Where(static e => e.Kind == VrrpEventKind.RouteRestored).Select(static e => e.Message).Distinct().Count() == s_routes.Count + s_rules.Count,
            "each route and rule is put back");
        _ = await cluster.StopAsync(0);
        Assert.Equal(before, Everything(host));
    }

    [Fact]
    public void Killed_process_with_its_guard_alive_loses_its_routes_and_rules()
    {
        using var network = TestNetwork.Create(1);
        string before = Everything(network[0]);

        // With a lease of an hour only the guard can have done it.
        using var process = EngineProcess.StartWithRoutes(network[0], 10, lease: 3600, s_routes.Select(static route => route.ToString()), s_rules.Select(static rule => rule.ToString()));
        process.WaitFor("-> Master");
        Assert.Contains("10.2.0.0/16", Everything(network[0]), StringComparison.Ordinal);
        process.Kill();
        Eventually.True(() => Everything(network[0]) == before, "the guard removes everything");
    }

    [Fact]
    public void Frozen_process_loses_the_routes_from_its_address_and_no_others_and_has_all_again_when_it_wakes_up()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        using var process = EngineProcess.StartWithRoutes(host, 10, lease: 2, [s_routes[0].ToString(), s_routes[1].ToString()], []);
        process.WaitFor("-> Master");
        int said = process.Count;
        process.Freeze();
        Eventually.True(() => !Everything(host).Contains("10.1.0.0/16", StringComparison.Ordinal), "the route goes with its source address");
        Assert.Contains("10.2.0.0/16", Everything(host), StringComparison.Ordinal);
        process.Thaw();
        process.WaitFor("-> Master", said);
        Eventually.True(() => Everything(host).Contains("10.1.0.0/16", StringComparison.Ordinal), "the route is back");
        Assert.Contains("10.2.0.0/16", Everything(host), StringComparison.Ordinal);
    }

    private static InstanceConfiguration Configuration(Cluster cluster)
        => cluster.Configuration(0, 200) with { VirtualRoutes = s_routes, VirtualRules = s_rules };

    private static string Everything(TestHost host)
        => Ip(host, "-4", "route", "show", "table", "all") + Ip(host, "-6", "route", "show") + Ip(host, "-6", "route", "show", "table", "1000") + Ip(host, "rule", "show") + Ip(host, "-6", "rule", "show");

    private static string Ip(TestHost host, params string[] arguments) => host.Execute("/usr/sbin/ip", string.Empty, arguments).Output;
}
