using System.Text.Json;
using VrrpPS.Engine.Checks.Environment.Firewall;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Checks.Environment;

/// <summary>What rules do with an advertisement, in the JSON that nft prints.</summary>
public sealed class FirewallRulesetTests
{
    private const string Accept = """{"accept":null}""";
    private const string Drop = """{"drop":null}""";

    private static readonly FirewallPacket s_packet = new("eth0", InetAddress.VrrpGroupV4, IsOutgoing: false);

    [Theory]
    [InlineData("accept", PacketVerdict.Pass)]
    [InlineData("drop", PacketVerdict.Drop)]
    public void Without_rules_the_policy_decides(string policy, object verdict) => Assert.Equal(verdict, Ask(policy));

    [Theory]
    [InlineData("""{"match":{"op":"==","left":{"meta":{"key":"l4proto"}},"right":"vrrp"}}""", true)]
    [InlineData("""{"match":{"op":"==","left":{"meta":{"key":"l4proto"}},"right":112}}""", true)]
    [InlineData("""{"match":{"op":"!=","left":{"meta":{"key":"l4proto"}},"right":112}}""", false)]
    [InlineData("""{"match":{"op":"==","left":{"payload":{"protocol":"ip","field":"protocol"}},"right":{"set":["icmp","vrrp"]}}}""", true)]
    [InlineData("""{"match":{"op":"==","left":{"payload":{"protocol":"ip","field":"daddr"}},"right":"224.0.0.18"}}""", true)]
    [InlineData("""{"match":{"op":"==","left":{"payload":{"protocol":"ip","field":"daddr"}},"right":{"prefix":{"addr":"224.0.0.0","len":4}}}}""", true)]
    [InlineData("""{"match":{"op":"==","left":{"payload":{"protocol":"ip","field":"daddr"}},"right":"192.0.2.1"}}""", false)]
    [InlineData("""{"match":{"op":"==","left":{"payload":{"protocol":"tcp","field":"dport"}},"right":22}}""", false)]
    [InlineData("""{"match":{"op":"==","left":{"payload":{"protocol":"ip6","field":"nexthdr"}},"right":112}}""", false)]
    [InlineData("""{"match":{"op":"==","left":{"meta":{"key":"iifname"}},"right":"eth*"}}""", true)]
    [InlineData("""{"match":{"op":"==","left":{"meta":{"key":"iifname"}},"right":"lo"}}""", false)]
    [InlineData("""{"match":{"op":"==","left":{"meta":{"key":"pkttype"}},"right":"multicast"}}""", true)]
    [InlineData("""{"match":{"op":"in","left":{"ct":{"key":"state"}},"right":["established","related"]}}""", false)]
    [InlineData("""{"match":{"op":"in","left":{"ct":{"key":"state"}},"right":["new","untracked"]}}""", true)]
    public void A_condition_holds_or_not(string condition, bool holds)
    {
        Assert.Equal(holds ? PacketVerdict.Drop : PacketVerdict.Pass, Ask("accept", Rule("input", condition, Drop)));
        Assert.Equal(holds ? PacketVerdict.Pass : PacketVerdict.Drop, Ask("drop", Rule("input", condition, Accept)));
    }

    [Fact]
    public void What_cannot_be_told_is_told_as_such()
    {
        const string limit = """{"limit":{"rate":5,"per":"second"}}""";
        Assert.Equal(PacketVerdict.Maybe, Ask("accept", Rule("input", limit, Drop)));
        Assert.Equal(PacketVerdict.Maybe, Ask("drop", Rule("input", limit, Accept)));
        Assert.Equal(PacketVerdict.Drop, Ask("drop", Rule("input", limit, Drop)));
        Assert.Equal(PacketVerdict.Pass, Ask("accept", Rule("input", limit, Accept)));
    }

    [Fact]
    public void The_first_verdict_counts()
        => Assert.Equal(PacketVerdict.Pass, Ask("drop", Rule("input", Accept), Rule("input", Drop)));

    [Fact]
    public void The_usual_stateful_set_drops_advertisements()
        => Assert.Equal(PacketVerdict.Drop, Ask(
            "drop",
            Rule("input", """{"vmap":{"key":{"ct":{"key":"state"}},"data":{"set":[["established",{"accept":null}],["invalid",{"drop":null}]]}}}"""),
            Rule("input", """{"match":{"op":"==","left":{"meta":{"key":"iifname"}},"right":"lo"}}""", Accept),
            Rule("input", """{"match":{"op":"==","left":{"payload":{"protocol":"tcp","field":"dport"}},"right":22}}""", Accept)));

    [Fact]
    public void Jumps_are_followed_and_come_back()
    {
        const string chain = """{"chain":{"family":"inet","table":"filter","name":"vrrp"}}""";
        const string jump = """{"jump":{"target":"vrrp"}}""";
        Assert.Equal(PacketVerdict.Drop, Ask("accept", chain, Rule("vrrp", Drop), Rule("input", jump)));
        Assert.Equal(PacketVerdict.Pass, Ask("drop", chain, Rule("vrrp", Accept), Rule("input", jump)));
        Assert.Equal(PacketVerdict.Drop, Ask("accept", chain, Rule("vrrp", """{"return":null}"""), Rule("vrrp", Accept), Rule("input", jump), Rule("input", Drop)));
    }

    [Fact]
    public void A_chain_that_jumps_to_itself_ends()
        => Assert.Equal(PacketVerdict.Pass, Ask("accept", """{"chain":{"family":"inet","table":"filter","name":"loop"}}""", Rule("loop", """{"jump":{"target":"loop"}}"""), Rule("input", """{"jump":{"target":"loop"}}""")));

    [Fact]
    public void Only_the_chains_of_the_interface_and_the_family_count()
    {
        const string netdev = """{"nftables":[{"chain":{"family":"netdev","table":"t","name":"c","hook":"ingress","dev":"eth1","policy":"drop"}}]}""";
        var ruleset = FirewallRuleset.Parse(netdev);
        Assert.Equal(PacketVerdict.Pass, ruleset.Ask(s_packet, "ingress").Verdict);
        Assert.Equal(PacketVerdict.Drop, ruleset.Ask(s_packet with { InterfaceName = "eth1" }, "ingress").Verdict);
        Assert.Equal(PacketVerdict.Maybe, FirewallRuleset.Parse(netdev.Replace("\"dev\":\"eth1\",", string.Empty, StringComparison.Ordinal)).Ask(s_packet, "ingress").Verdict);
        var v6 = FirewallRuleset.Parse("""{"nftables":[{"chain":{"family":"ip6","table":"t","name":"c","hook":"input","policy":"drop"}}]}""");
        Assert.Equal(PacketVerdict.Pass, v6.Ask(s_packet, "input").Verdict);
        Assert.Equal("ip6 t c", v6.Ask(s_packet with { Destination = InetAddress.VrrpGroupV6 }, "input").Chain!.ToString());
    }

    [Fact]
    public void Nothing_and_no_JSON()
    {
        Assert.Equal(PacketVerdict.Pass, FirewallRuleset.Parse("{}").Ask(s_packet, "input").Verdict);
        Assert.ThrowsAny<JsonException>(static () => FirewallRuleset.Parse("table inet filter"));
    }

    private static string Rule(string chain, params string[] expressions)
        => $$$"""{"rule":{"family":"inet","table":"filter","chain":"{{{chain}}}","expr":[{{{string.Join(',', expressions)}}}]}}""";

    private static PacketVerdict Ask(string policy, params string[] items)
    {
        string input = $$$"""{"chain":{"family":"inet","table":"filter","name":"input","hook":"input","policy":"{{{policy}}}"}}""";
        return FirewallRuleset.Parse($$$"""{"nftables":[{{{string.Join(',', items.Prepend(input))}}}]}""").Ask(s_packet, "input").Verdict;
    }
}
