using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Errors;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>Routes and rules in text, JSON and keepalived.conf.</summary>
public sealed class VirtualRouteTests
{
    [Theory]
    [InlineData("10.0.0.0/8 via 192.0.2.1 dev eth0 metric 5", "10.0.0.0/8 via 192.0.2.1 dev eth0 metric 5")]
    [InlineData("src 192.0.2.100 to 10.1.0.0/16 via inet 192.0.2.1", "10.1.0.0/16 via 192.0.2.1 src 192.0.2.100")]
    [InlineData("default via 192.0.2.1 table 100 mtu 1400 onlink", "0.0.0.0/0 via 192.0.2.1 table 100 mtu 1400 onlink")]
    [InlineData("default via 2001:db8::1", "::/0 via 2001:db8::1")]
    [InlineData("inet6 default dev eth1", "::/0 dev eth1")]
    [InlineData("blackhole 10.2.0.0/16 table main no_track", "blackhole 10.2.0.0/16 no_track")]
    [InlineData("10.3.0.1 dev eth0 scope link preference 7", "10.3.0.1/32 dev eth0 metric 7 scope link")]
    [InlineData("10.4.0.0/16 nexthop via 192.0.2.1 weight 3 nexthop dev eth1 onlink", "10.4.0.0/16 nexthop via 192.0.2.1 weight 3 nexthop dev eth1 onlink")]
    public void Route_is_read_and_written(string text, string written)
    {
        Assert.Equal(written, VirtualRoute.Parse(text).ToString());
        Assert.Equal(VirtualRoute.Parse(text), VirtualRoute.Parse(written));
    }

    [Theory]
    [InlineData("from 192.0.2.0/24 table 100 priority 1000", "from 192.0.2.0/24 priority 1000 table 100")]
    [InlineData("not from 192.0.2.7 to 10.0.0.0/8 iif eth0 oif eth1 fwmark 0x10/0xff lookup main", "not from 192.0.2.7/32 to 10.0.0.0/8 iif eth0 oif eth1 fwmark 16/255 table main")]
    [InlineData("to 2001:db8::/32 blackhole no_track", "from all to 2001:db8::/32 blackhole no_track")]
    [InlineData("inet6 from all table 7 suppress_prefixlength 0", "inet6 from all table 7 suppress_prefixlength 0")]
    public void Rule_is_read_and_written(string text, string written)
    {
        Assert.Equal(written, VirtualRule.Parse(text).ToString());
        Assert.Equal(VirtualRule.Parse(text), VirtualRule.Parse(written));
    }

    [Theory]
    [InlineData("", "leads nowhere")]
    [InlineData("via 192.0.2.1", "leads nowhere")]
    [InlineData("10.0.0.0/8 via", "needs a value")]
    [InlineData("10.0.0.0/8 metrik 5", "Did you mean 'metric'")]
    [InlineData("10.0.0.0/8 table isp", "rt_tables")]
    [InlineData("10.0.0.0/8 proto static", "own protocol number")]
    [InlineData("10.0.0.0/33", "no network")]
    public void Wrong_routes_are_refused(string text, string reason)
    {
        var error = Assert.Throws<VrrpException>(() => VirtualRoute.Parse(text));
        Assert.Equal(ErrorIds.InvalidRoute, error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from 192.0.2.0/24", "nothing to do")]
    [InlineData("from 192.0.2.0/24 tabel 5", "Did you mean 'table'")]
    [InlineData("fwmark x table 5", "no firewall mark")]
    public void Wrong_rules_are_refused(string text, string reason)
        => Assert.Contains(reason, Assert.Throws<VrrpException>(() => VirtualRule.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("10.0.0.1/8 dev eth0", "behind its prefix length")]
    [InlineData("10.0.0.0/8 via 2001:db8::1", "one family")]
    [InlineData("blackhole 10.0.0.0/8 via 192.0.2.1", "sends nothing on")]
    [InlineData("10.0.0.0/8 dev eth0 nexthop via 192.0.2.1", "into a nexthop")]
    [InlineData("10.0.0.0/8 nexthop weight 2", "'via' or 'dev'")]
    [InlineData("10.0.0.0/8 dev a/b", "no interface name")]
    [InlineData("2001:db8::/32 dev eth0 scope link", "no scope")]
    public void Validator_judges_routes(string text, string reason)
    {
        var problem = Assert.Single(ConfigurationValidator.Validate(Instance() with { VirtualRoutes = [VirtualRoute.Parse(text)] }));
        Assert.Equal(nameof(InstanceConfiguration.VirtualRoutes), problem.PropertyName);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validator_finds_duplicates()
    {
        var route = VirtualRoute.Parse("10.0.0.0/8 via 192.0.2.1");
        var rule = VirtualRule.Parse("from 192.0.2.0/24 table 5");
        Assert.Single(ConfigurationValidator.Validate(Instance() with { VirtualRoutes = [route, route with { Gateway = null, InterfaceName = "eth0" }] }));
        Assert.Empty(ConfigurationValidator.Validate(Instance() with { VirtualRoutes = [route, route with { Metric = 9 }] }));
        Assert.Single(ConfigurationValidator.Validate(Instance() with { VirtualRules = [rule, rule] }));
    }

    [Fact]
    public void Json_keeps_routes_and_rules_and_points_at_wrong_ones()
    {
        var c = Instance() with
        {
            VirtualRoutes = [VirtualRoute.Parse("10.0.0.0/8 via 192.0.2.1 src 192.0.2.100 metric 5"), VirtualRoute.Parse("default nexthop via 2001:db8::1 nexthop via 2001:db8::2 weight 2")],
            VirtualRules = [VirtualRule.Parse("from 192.0.2.0/24 table 100 priority 1000")],
        };
        string text = JsonConfigurationWriter.Write(new ConfigurationDocument { Instances = [c] }, includeSecrets: false);
        var result = JsonConfigurationReader.Read(text, "a.json");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(c, Assert.Single(result.Document.Instances));

        var wrong = JsonConfigurationReader.Read(text.Replace("metric 5", "metrik 5", StringComparison.Ordinal), "a.json");
        Assert.Equal(ErrorIds.InvalidRoute, Assert.Single(wrong.Diagnostics).Code);
    }

    [Fact]
    public void Keepalived_routes_and_rules_are_carried_and_the_rest_is_named()
    {
        var result = KeepalivedReader.Read("""
            vrrp_instance A {
                interface eth0
                virtual_router_id 7
                virtual_ipaddress {
                    192.0.2.1
                }
                virtual_routes {
                    src 192.0.2.1 to 10.0.0.0/8 via 192.0.2.254 dev eth0
                    blackhole 10.9.0.0/16
                    10.8.0.0/16 via 192.0.2.254 initcwnd 10
                    10.7.0.0/16 vai 192.0.2.254
                }
                virtual_rules {
                    from 192.0.2.0/24 table 100 priority 500
                    from all uidrange 1-2 table 5
                }
            }
            """, "k.conf");
        var c = Assert.Single(result.Document.Instances);
        Assert.Equal(["10.0.0.0/8 via 192.0.2.254 dev eth0 src 192.0.2.1", "blackhole 10.9.0.0/16"], c.VirtualRoutes.Select(static route => route.ToString()));
        Assert.Equal("from 192.0.2.0/24 priority 500 table 100", Assert.Single(c.VirtualRules).ToString());
        Assert.Equal(
            ["10:37 True", "11:21 False", "15:18 True"],
            result.Diagnostics.Select(static d => $"{d.Line}:{d.Column} {d.IsLoss}"));
    }

    private static InstanceConfiguration Instance() => new()
    {
        Name = "A",
        InterfaceName = "eth0",
        VirtualRouterId = 7,
        AddressFamily = VrrpPS.Protocol.AddressFamily.IPv4,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.100/24")],
    };
}
