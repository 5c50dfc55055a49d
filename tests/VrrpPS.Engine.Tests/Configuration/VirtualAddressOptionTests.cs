using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Errors;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>The options of virtual addresses mean the same in text, JSON and keepalived.conf.</summary>
public sealed class VirtualAddressOptionTests
{
    [Theory]
    [InlineData("192.0.2.1/24", "192.0.2.1/24")]
    [InlineData("192.0.2.1/24 dev eth1  label eth1:v brd +", "192.0.2.1/24 dev eth1 label eth1:v brd 192.0.2.255")]
    [InlineData("192.0.2.1/24 brd -", "192.0.2.1/24 brd 192.0.2.0")]
    [InlineData("192.0.2.1/24 broadcast 192.0.2.127 scope link noprefixroute no_track", "192.0.2.1/24 brd 192.0.2.127 scope link noprefixroute no_track")]
    [InlineData("192.0.2.1 peer 192.0.2.2/32 preferred_lft 0", "192.0.2.1/32 peer 192.0.2.2 preferred_lft 0")]
    [InlineData("2001:db8::1/64 home -nodad preferred_lft forever", "2001:db8::1/64 home")]
    [InlineData("192.0.2.1/24 scope 17", "192.0.2.1/24 scope 17")]
    public void Text_is_read_and_written(string text, string written)
    {
        var address = VirtualAddress.Parse(text);
        Assert.Equal(written, address.ToString());
        Assert.Equal(address, VirtualAddress.Parse(written));
    }

    [Theory]
    [InlineData("192.0.2.1 dev", "'dev' needs a value")]
    [InlineData("192.0.2.1 192.0.2.2", "second address")]
    [InlineData("192.0.2.1 lable eth0:1", "Did you mean 'label'")]
    [InlineData("192.0.2.1 brd +", "/32 has no broadcast address")]
    [InlineData("2001:db8::1/64 brd +", "IPv6 has no broadcast address")]
    [InlineData("192.0.2.1 peer 192.0.2.2/24", "without a prefix length")]
    [InlineData("192.0.2.1 preferred_lft 30", "0 (never chosen")]
    [InlineData("192.0.2.1 scope moon", "there is no scope 'moon'")]
    [InlineData("2001:db8::1/64 mngtmpaddr", "temporary addresses")]
    [InlineData("192.0.2.1 autojoin", "multicast")]
    public void What_cannot_be_is_refused_with_the_way_out(string text, string reason)
        => Assert.Contains(reason, Assert.Throws<VrrpException>(() => VirtualAddress.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("192.0.2.1/24 label eth1:v", "must begin with 'eth0:'")]
    [InlineData("192.0.2.1/24 dev eth1 label eth1:aaaaaaaaaaaaa", "at most 15")]
    [InlineData("192.0.2.1/24 dev a/b", "a/b")]
    [InlineData("192.0.2.1/24 home", "only IPv6")]
    [InlineData("192.0.2.1/24 peer 2001:db8::1", "other family")]
    [InlineData("192.0.2.1/24 peer 192.0.2.1", "its own other end")]
    public void Validator_judges_options(string text, string reason)
    {
        var problems = ConfigurationValidator.Validate(Instance(VirtualAddress.Parse(text)));
        Assert.Contains(reason, Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Excluded_address_may_be_of_the_other_family_and_an_advertised_one_may_not()
    {
        var own = VirtualAddress.Parse("192.0.2.1");
        var other = VirtualAddress.Parse("2001:db8::1");
        Assert.Empty(ConfigurationValidator.Validate(Instance(own, other with { Advertised = false })));
        Assert.Equal(ErrorIds.MixedAddressFamily, Assert.Single(ConfigurationValidator.Validate(Instance(own, other))).ErrorId);
    }

    [Fact]
    public void Json_keeps_every_option()
    {
        var c = Instance(
            VirtualAddress.Parse("192.0.2.1/24 dev eth1 label eth1:v brd + scope link noprefixroute no_track"),
            VirtualAddress.Parse("192.0.2.2 peer 192.0.2.3 preferred_lft 0"),
            VirtualAddress.Parse("2001:db8::1 home") with { Advertised = false },
            VirtualAddress.Parse("192.0.2.4/24"));
        string text = JsonConfigurationWriter.Write(new ConfigurationDocument { Instances = [c] }, includeSecrets: false);
        Assert.Contains("\"192.0.2.4/24\"", text, StringComparison.Ordinal);
        var result = JsonConfigurationReader.Read(text, "a.json");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(c, Assert.Single(result.Document.Instances));
    }

    [Fact]
    public void Json_points_at_the_option_that_is_wrong()
    {
        var result = JsonConfigurationReader.Read(
            "{\"instances\":[{\"interfaceName\":\"eth0\",\"virtualRouterId\":1,\"virtualAddresses\":[\n {\"address\":\"192.0.2.1/24\",\n  \"scope\":\"moon\"}]}]}", "a.json");
        var finding = Assert.Single(result.Diagnostics, static d => d.Message.Contains("moon", StringComparison.Ordinal));
        Assert.Equal((3, 11), (finding.Line, finding.Column));
    }

    [Fact]
    public void Keepalived_options_are_carried()
    {
        var result = KeepalivedReader.Read("""
            vrrp_instance A {
                interface eth0
                virtual_router_id 7
                virtual_ipaddress {
                    192.0.2.1/24 brd + dev eth1 scope link label eth1:v
                    192.0.2.2 peer 192.0.2.3 preferred_lft 0 no_track
                }
                virtual_ipaddress_excluded {
                    2001:db8::1/64 -nodad home
                    192.0.2.5/24 preferred_lft 30 autojoin
                }
            }
            """, "k.conf");
        Assert.False(result.IsPartial);
        Assert.Equal(
            [
                "192.0.2.1/24 dev eth1 label eth1:v brd 192.0.2.255 scope link", "192.0.2.2/32 peer 192.0.2.3 preferred_lft 0 no_track",
                "2001:db8::1/64 home", "192.0.2.5/24",
            ],
            Assert.Single(result.Document.Instances).VirtualAddresses.Select(static a => a.ToString()));
        Assert.Equal(["k.conf:10:22", "k.conf:10:39"], result.Diagnostics.Select(static d => $"{d.File}:{d.Line}:{d.Column}"));
    }

    [Fact]
    public void Renaming_an_interface_renames_devices_and_labels()
    {
        string text = JsonConfigurationWriter.Write(
            new ConfigurationDocument { Instances = [Instance(VirtualAddress.Parse("192.0.2.1/24 label eth0:v"), VirtualAddress.Parse("192.0.2.2/24 dev eth1 label eth1"))] }, includeSecrets: false);
        var result = JsonConfigurationReader.Read(text, "a.json", new ConfigurationReadOptions { InterfaceRename = new Dictionary<string, string> { ["eth0"] = "ens3", ["eth1"] = "ens4" } });
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["192.0.2.1/24 label ens3:v", "192.0.2.2/24 dev ens4 label ens4"], result.Document.Instances[0].VirtualAddresses.Select(static a => a.ToString()));
    }

    private static InstanceConfiguration Instance(params VirtualAddress[] addresses) => new()
    {
        Name = "A",
        InterfaceName = "eth0",
        VirtualRouterId = 7,
        AddressFamily = VrrpPS.Protocol.AddressFamily.IPv4,
        VirtualAddresses = addresses.ToVrrpList(),
    };
}
