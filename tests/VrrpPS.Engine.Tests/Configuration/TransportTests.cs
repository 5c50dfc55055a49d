using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>TTL windows, the multicast group and the answers to rivals, wherever they are written.</summary>
public sealed class TransportTests
{
    private const string Keepalived = """
        global_defs {
            vrrp_mcast_group4 224.0.0.99
            vrrp_garp_master_refresh_repeat 2
            vrrp_higher_prio_send_advert
        }
        vrrp_instance A {
            interface eth0
            virtual_router_id 7
            virtual_ipaddress {
                192.0.2.100
            }
            %
        }
        """;

    [Fact]
    public void Keepalived_carries_them()
    {
        var c = Read("unicast_src_ip 192.0.2.1\n track_src_ip\n unicast_ttl 64\n lower_prio_no_advert\n unicast_peer {\n 192.0.2.2 min_ttl 60 max_ttl 64\n 192.0.2.3\n }");
        Assert.Equal(64, c.UnicastTimeToLive);
        Assert.Equal("192.0.2.2 min_ttl 60 max_ttl 64", c.PeerTimeToLive.ToString());
        Assert.Equal(c.UnicastPeers, c.AllowedPeers);
        Assert.Equal((InetAddress.Parse("224.0.0.99"), false, true, 2), (c.MulticastGroup, c.AnswerLowerPriority, c.AdvertiseBeforeYielding, c.Announcement.RefreshRepeat));
        Assert.Equal(InetAddress.Parse("224.0.0.77"), Read("mcast_dst_ip 224.0.0.77").MulticastGroup);
        Assert.Null(Read("mcast_dst_ip 224.0.0.18").MulticastGroup);
    }

    [Theory]
    [InlineData("mcast_dst_ip 192.0.2.9", "multicast group")]
    [InlineData("unicast_ttl 0", "from 1 to 255")]
    [InlineData("unicast_peer {\n 192.0.2.2 min_ttl 256\n }", "from 0 to 255")]
    [InlineData("unicast_peer {\n 192.0.2.2 min_ttl 9 max_ttl 8\n }", "the lower first")]
    public void Keepalived_values_are_judged(string line, string message)
    {
        var result = KeepalivedReader.Read(Keepalived.Replace("%", line, StringComparison.Ordinal), "k.conf");
        Assert.Contains(message, Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.True(result.HasErrors);
    }

    [Fact]
    public void Json_keeps_them()
    {
        var c = Read("unicast_ttl 64\n lower_prio_no_advert\n unicast_peer {\n 192.0.2.2 min_ttl 60 max_ttl 64\n }");
        var result = JsonConfigurationReader.Read(JsonConfigurationWriter.Write(new ConfigurationDocument { Instances = [c] }, includeSecrets: false), "a.json");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(c, Assert.Single(result.Document.Instances));
    }

    [Theory]
    [InlineData("192.0.2.2")]
    [InlineData("192.0.2.2 min_ttl")]
    [InlineData("192.0.2.2 ttl 5")]
    [InlineData("x min_ttl 5")]
    public void Wrong_windows_are_refused(string text)
        => Assert.Equal(ErrorIds.InvalidPeer, Assert.Throws<VrrpException>(() => PeerTimeToLive.Parse(text)).ErrorId);

    [Fact]
    public void Validator_judges_them()
    {
        var c = Read("unicast_peer {\n 192.0.2.2\n }");
        Assert.Single(ConfigurationValidator.Validate(c with { UnicastTimeToLive = 0 }));
        Assert.Single(ConfigurationValidator.Validate(c with { PeerTimeToLive = [new PeerTimeToLive(InetAddress.Parse("192.0.2.9"), 0, 255)] }));
        Assert.Single(ConfigurationValidator.Validate(c with { PeerTimeToLive = [PeerTimeToLive.Parse("192.0.2.2 min_ttl 5"), PeerTimeToLive.Parse("192.0.2.2 min_ttl 6")] }));
        Assert.Single(ConfigurationValidator.Validate(c with { MulticastGroup = InetAddress.Parse("ff02::99") }));
        Assert.Single(ConfigurationValidator.Validate(c with { Announcement = c.Announcement with { RefreshRepeat = 0 } }));
    }

    private static InstanceConfiguration Read(string lines)
    {
        var result = KeepalivedReader.Read(Keepalived.Replace("%", lines, StringComparison.Ordinal), "k.conf");
        Assert.Empty(result.Diagnostics);
        return Assert.Single(result.Document.Instances);
    }
}
