using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Errors;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>What a node has whoever is Master, as it is written.</summary>
public sealed class StaticConfigurationTests
{
    private const string Keepalived = """
        global_defs {
            default_interface eth7
        }
        static_ipaddress {
            10.9.0.1/24 dev eth1 brd + scope link
            10.8.0.1/32
            2001:db8:9::1/64 dev eth1 no_track
        }
        static_routes {
            10.1.0.0/16 via 10.9.0.254 dev eth1 metric 5
        }
        static_rules {
            from 10.9.0.1 table 1000 priority 500
        }
        vrrp_instance V {
            interface eth0
            virtual_router_id 1
            priority 100
            virtual_ipaddress {
                192.0.2.100/24
            }
        }
        """;

    [Fact]
    public void Keepalived_s_blocks_are_read_and_written_in_both_formats()
    {
        var result = KeepalivedReader.Read(Keepalived, "keepalived.conf");
        Assert.DoesNotContain(result.Diagnostics, static d => d.Severity == ConfigurationSeverity.Error || d.IsLoss);
        var read = result.Document.Static;
        Assert.Equal(
            ["10.9.0.1/24 dev eth1 brd 10.9.0.255 scope link", "10.8.0.1/32 dev eth7", "2001:db8:9::1/64 dev eth1 no_track"],
            read.Addresses.Select(static address => address.ToString()));
        Assert.Equal("10.1.0.0/16 via 10.9.0.254 dev eth1 metric 5", Assert.Single(read.Routes).ToString());
        Assert.Equal("from 10.9.0.1/32 priority 500 table 1000", Assert.Single(read.Rules).ToString());

        Assert.Equal(read, JsonConfigurationReader.Read(JsonConfigurationWriter.Write(result.Document, includeSecrets: false), "x.json").Document.Static);
        var written = KeepalivedWriter.Write(result.Document, includeSecrets: false);
        Assert.Equal(read, KeepalivedReader.Read(written.Text, "keepalived.conf").Document.Static);
    }

    [Fact]
    public void Interfaces_are_renamed_everywhere()
    {
        var options = new ConfigurationReadOptions { InterfaceRename = new Dictionary<string, string>(StringComparer.Ordinal) { ["eth1"] = "ens4" } };
        var read = KeepalivedReader.Read(Keepalived, "keepalived.conf", options).Document.Static;
        Assert.Equal(["ens4", "eth7"], read.InterfaceNames);
    }

    [Fact]
    public void A_group_that_is_tracked_is_a_loss_by_name()
    {
        var result = KeepalivedReader.Read(Keepalived.Replace("no_track", "track_group G", StringComparison.Ordinal), "keepalived.conf");
        Assert.Contains(result.Diagnostics, static d => d.IsLoss && d.Message.Contains("track_group", StringComparison.Ordinal));
        Assert.Equal(3, result.Document.Static.Addresses.Count);
    }

    [Theory]
    [InlineData("""{ "addresses": ["10.9.0.1/24"] }""", ErrorIds.InvalidAddress, "needs the interface")]
    [InlineData("""{ "addresses": ["224.0.0.18/32 dev eth0"] }""", ErrorIds.InvalidAddress, "multicast")]
    [InlineData("""{ "addresses": ["10.9.0.1/24 dev eth0", "10.9.0.1/24 dev eth0"] }""", ErrorIds.InvalidAddress, "twice")]
    [InlineData("""{ "addresses": ["192.0.2.100/24 dev eth0"] }""", ErrorIds.InvalidAddress, "virtual address of 'V'")]
    [InlineData("""{ "addresses": [{ "address": "10.9.0.1/24", "interfaceName": "eth0", "advertised": false }] }""", ErrorIds.InvalidAddress, "never advertised")]
    [InlineData("""{ "routes": ["10.1.0.0/16"] }""", ErrorIds.InvalidRoute, "through which interface")]
    [InlineData("""{ "routes": ["10.3.0.0/16 via 192.0.2.9"] }""", ErrorIds.InvalidRoute, "virtual route")]
    [InlineData("""{ "rules": ["from 10.3.0.0/16 table 9"] }""", ErrorIds.InvalidRoute, "virtual rule of 'V'")]
    [InlineData("""{ "networkNamespace": "a/b" }""", ErrorIds.InvalidConfiguration, "no name of a network namespace")]
    public void What_cannot_be_is_refused_with_the_way_out(string text, string errorId, string words)
    {
        var result = JsonConfigurationReader.Read(
            $$"""
            { "static": {{text}},
              "instances": [{ "name": "V", "interfaceName": "eth0", "virtualRouterId": 1, "virtualAddresses": ["192.0.2.100/24"],
                              "virtualRoutes": ["10.3.0.0/16 via 192.0.2.200"], "virtualRules": ["from 10.3.0.0/16 table 9"] }] }
            """,
            "x.json");
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal(errorId, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public void Nothing_is_written_of_nothing()
        => Assert.DoesNotContain("static", JsonConfigurationWriter.Write(new ConfigurationDocument { Static = StaticConfiguration.None }, includeSecrets: false), StringComparison.Ordinal);
}
