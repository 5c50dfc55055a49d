using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Linux.VirtualMacs;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>The virtual MAC address in every way in and out.</summary>
public sealed class VirtualMacConfigurationTests
{
    private static readonly InstanceConfiguration s_plain = new()
    {
        Name = "a",
        InterfaceName = "eth0",
        VirtualRouterId = 51,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
        VirtualMac = VirtualMacOptions.Default,
    };

    public static TheoryData<string, string, bool> Forms => new()
    {
        { "use_vmac", "vrrp.51 00:00:5e:00:01:33", false },
        { "use_vmac web0", "web0 00:00:5e:00:01:33", false },
        { "use_vmac web0 02:00:00:00:00:0A", "web0 02:00:00:00:00:0a", false },
        { "use_vmac 02:00:00:00:00:0A", "vrrp.51 02:00:00:00:00:0a", false },
        { "use_vmac\n vmac_xmit_base", "vrrp.51 00:00:5e:00:01:33", true },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Keepalived_says_it_and_both_formats_give_it_back(string lines, string expected, bool fromBase)
    {
        var read = ReadKeepalived(lines);
        Assert.Empty(read.Diagnostics);
        var instance = Assert.Single(read.Document.Instances);
        Assert.Equal((expected, fromBase), (Text(instance), instance.VirtualMac!.TransmitFromBase));

        string json = JsonConfigurationWriter.Write(read.Document, includeSecrets: false);
        Assert.Equal(instance, Assert.Single(JsonConfigurationReader.Read(json, "a.json").Document.Instances));
        var again = KeepalivedReader.Read(KeepalivedWriter.Write(read.Document, includeSecrets: false).Text, "b.conf");
        Assert.Equal(Text(instance), Text(Assert.Single(again.Document.Instances)));
        Assert.Equal(fromBase, again.Document.Instances[0].VirtualMac!.TransmitFromBase);
    }

    [Fact]
    public void A_prefix_counts_for_links_without_a_name()
    {
        var instance = Assert.Single(ReadKeepalived("use_vmac", "global_defs {\n vmac_prefix web\n}\n").Document.Instances);
        Assert.Equal("web.51", instance.VirtualMac!.InterfaceName);
    }

    [Fact]
    public void Virtual_routers_of_one_number_on_several_interfaces_get_links_of_different_names_as_in_keepalived()
    {
        string text = string.Join('\n', new[] { ("a", "eth0", "use_vmac"), ("b", "eth1", "use_vmac"), ("c", "eth2", "use_vmac vrrp1.51"), ("d", "eth3", "use_vmac") }
            .Select(static (router, i) => $"vrrp_instance {router.Item1} {{\n interface {router.Item2}\n virtual_router_id 51\n {router.Item3}\n virtual_ipaddress {{\n 192.0.2.{i + 1}\n }}\n}}"));
        var read = KeepalivedReader.Read(text, "k.conf");
        Assert.Empty(read.Diagnostics);
        Assert.Equal(["vrrp.51", "vrrp2.51", "vrrp1.51", "vrrp3.51"], read.Document.Instances.Select(static c => c.VirtualMac!.NameFor(c)));

        var again = KeepalivedReader.Read(KeepalivedWriter.Write(read.Document, includeSecrets: false).Text, "k.conf");
        Assert.Equal(read.Document.Instances.Select(static c => c.VirtualMac!.NameFor(c)), again.Document.Instances.Select(static c => c.VirtualMac!.NameFor(c)));
    }

    [Fact]
    public void A_prefix_that_is_too_long_is_cut_as_in_keepalived()
    {
        var instance = Assert.Single(ReadKeepalived("use_vmac", "global_defs {\n vmac_prefix averylongprefix\n}\n").Document.Instances);
        Assert.Equal("averylongpre.51", instance.VirtualMac!.InterfaceName);
    }

    [Theory]
    [InlineData("use_vmac\n unicast_peer {\n 192.0.2.9\n }", ConfigurationCodes.Adjusted, true)]
    [InlineData("use_vmac\n vmac_xmit_base\n strict_mode", ConfigurationCodes.Adjusted, false)]
    public void What_keepalived_changes_is_changed_and_said(string lines, string code, bool fromBase)
    {
        var read = ReadKeepalived(lines);
        Assert.Contains(read.Diagnostics, diagnostic => diagnostic.Code == code && diagnostic.Message.Contains("vmac", StringComparison.Ordinal));
        Assert.Equal(fromBase, Assert.Single(read.Document.Instances).VirtualMac!.TransmitFromBase);
    }

    [Theory]
    [InlineData("vmac_xmit_base", ConfigurationCodes.Advice)]
    [InlineData("use_vmac web0 netlink_notify_msg", ConfigurationCodes.NotCarriedOver)]
    [InlineData("use_vmac web0 nonsense", ConfigurationCodes.InvalidValue)]
    [InlineData("use_vmac a_name_that_is_too_long", "InvalidInterfaceName")]
    public void What_means_nothing_or_cannot_be_is_said(string lines, string code)
        => Assert.Contains(ReadKeepalived(lines).Diagnostics, diagnostic => diagnostic.Code == code);

    [Theory]
    [InlineData("eth0", 0, "the interface itself")]
    [InlineData(null, 0x0100_0000_0000, "no single interface")]
    public void Impossible_links_are_refused(string? name, ulong mac, string reason)
    {
        var options = new VirtualMacOptions { InterfaceName = name, Address = mac == 0 ? null : new MacAddress(mac) };
        Assert.Contains(reason, Assert.Single(ConfigurationValidator.Validate(s_plain with { VirtualMac = options })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unicast_peers_need_advertisements_from_the_interface_itself()
    {
        var unicast = s_plain with { UnicastPeers = [InetAddress.Parse("192.0.2.9")] };
        Assert.Single(ConfigurationValidator.Validate(unicast));
        Assert.Empty(ConfigurationValidator.Validate(unicast with { VirtualMac = VirtualMacOptions.Default with { TransmitFromBase = true } }));
    }

    [Fact]
    public void Two_instances_cannot_have_a_link_of_the_same_name()
    {
        var other = s_plain with { Name = "b", InterfaceName = "eth1", VirtualAddresses = [VirtualAddress.Parse("198.51.100.1/24")] };
        var problem = Assert.Single(ConfigurationValidator.ValidateSet([s_plain, other]));
        Assert.Equal((1, nameof(InstanceConfiguration.VirtualMac)), (problem.Index, problem.PropertyName));
        Assert.Empty(ConfigurationValidator.ValidateSet([s_plain, other with { NetworkNamespace = "blue" }]));
        Assert.Empty(ConfigurationValidator.ValidateSet([s_plain, other with { VirtualMac = new VirtualMacOptions { InterfaceName = "web0" } }]));
        Assert.Empty(ConfigurationValidator.ValidateSet([s_plain, s_plain with { Name = "b", AddressFamily = AddressFamily.IPv6, VirtualAddresses = [VirtualAddress.Parse("2001:db8::1")] }]));
    }

    [Theory]
    [InlineData("{\"address\":\"nonsense\"}")]
    [InlineData("{\"name\":\"web0\"}")]
    [InlineData("true")]
    public void Json_that_is_no_virtual_MAC_address_is_an_error(string value)
    {
        string json = $$"""{"instances":[{"interfaceName":"eth0","virtualRouterId":51,"virtualAddresses":["192.0.2.1"],"virtualMac":{{value}}}]}""";
        Assert.Contains(JsonConfigurationReader.Read(json, "a.json").Diagnostics, static diagnostic => diagnostic.Severity == ConfigurationSeverity.Error);
    }

    [Theory]
    [InlineData("00:00:5e:00:01:33", 0x0000_5E00_0133)]
    [InlineData("00-00-5E-00-02-FF", 0x0000_5E00_02FF)]
    public void MAC_addresses_are_read(string text, ulong value)
    {
        Assert.True(MacAddress.TryParse(text, out var address));
        Assert.Equal(value, address.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00:00:5e:00:01")]
    [InlineData("00:00:5e:00:01:33:44")]
    [InlineData("00:00:5e:00:01:3g")]
    [InlineData("00.00.5e.00.01.33")]
    [InlineData("00:00:5e:00:01: 3")]
    public void Other_texts_are_no_MAC_addresses(string text) => Assert.False(MacAddress.TryParse(text, out _));

    [Theory]
    [InlineData("vrrpps v4/51 arp_ignore=0 arp_announce=1", true)]
    [InlineData("vrrpps v6/255 arp_ignore=1 arp_announce=2", true)]
    [InlineData(null, false)]
    [InlineData("vrrpps", false)]
    [InlineData("vrrpps v5/51 arp_ignore=0 arp_announce=1", false)]
    [InlineData("vrrpps v4/256 arp_ignore=0 arp_announce=1", false)]
    [InlineData("vrrpps v4/51 arp_ignore=0 arp_announce=-1", false)]
    [InlineData("uplink of the web servers", false)]
    public void Only_our_own_alias_is_ours(string? alias, bool ours)
    {
        Assert.Equal(ours, VirtualMacTag.TryParse(alias, out var tag));
        if (ours)
        {
            Assert.Equal(alias, tag.ToString());
        }
    }

    private static ConfigurationResult ReadKeepalived(string lines, string before = "") => KeepalivedReader.Read(
        $"{before}vrrp_instance a {{\n interface eth0\n virtual_router_id 51\n version 3\n priority 100\n {lines}\n virtual_ipaddress {{\n  192.0.2.1/24\n }}\n}}\n", "a.conf");

    private static string Text(InstanceConfiguration configuration)
        => $"{configuration.VirtualMac!.NameFor(configuration)} {configuration.VirtualMac.AddressFor(configuration)}";
}
