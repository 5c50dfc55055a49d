using VrrpPS.Engine.Checks;
using VrrpPS.Engine.Checks.Configuration;
using VrrpPS.Engine.Checks.Configuration.Election;
using VrrpPS.Engine.Checks.Configuration.Rules;
using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Checks.Configuration;

/// <summary>Who is Master in which failure: the pure machines decide it, the tests know what RFC 9568 says of it.</summary>
public sealed class ElectionOutcomeTests
{
    private static readonly InstanceConfiguration s_a = Nodes.Instance(150);
    private static readonly InstanceConfiguration s_b = Nodes.Instance(120);
    private static readonly InstanceConfiguration s_c = Nodes.Instance(90);

    [Fact]
    public void The_next_best_node_takes_over_and_gives_it_back()
    {
        var outcomes = Nodes.Outcomes(s_c, s_a, s_b);
        Assert.Equal("b", Outcome(outcomes, string.Empty).Master.ToString());
        var down = Outcome(outcomes, "b is down");
        Assert.Equal(("b", "c", "b"), (down.MasterBefore.ToString(), down.Master.ToString(), down.MasterAfterwards.ToString()));
        Assert.Equal(("b", "c"), (Outcome(outcomes, "eth0 of b is down").MasterBefore.ToString(), Outcome(outcomes, "eth0 of b is down").Master.ToString()));
        Assert.Equal("b", Outcome(outcomes, "a is down").Master.ToString());
    }

    [Fact]
    public void The_outage_is_the_successors_Master_Down_Interval()
    {
        // 3 x 1 s + (256 - 120) / 256 s, counted from the last advertisement.
        double outage = Outcome(Nodes.Outcomes(s_a, s_b), "a is down").OutageSeconds!.Value;
        Assert.InRange(outage, 3.52, 3.5313);
        Assert.Equal(0, Outcome(Nodes.Outcomes(s_a, s_b), "b is down").OutageSeconds);
    }

    [Fact]
    public void A_failed_check_hands_over_without_outage()
    {
        var outcome = Outcome(Nodes.Outcomes(s_a with { TrackInterfaces = ["eth1"] }, s_b), "interface eth1 fails on a");
        Assert.Equal(("b", "a"), (outcome.Master.ToString(), outcome.MasterAfterwards.ToString()));
        Assert.Equal(0, outcome.OutageSeconds);
    }

    [Fact]
    public void Without_preemption_the_successor_keeps_the_role()
    {
        var outcome = Outcome(Nodes.Outcomes(s_a with { Preempt = false }, s_b), "a is down");
        Assert.Equal(("b", "b"), (outcome.Master.ToString(), outcome.MasterAfterwards.ToString()));
        Assert.Contains("Afterwards it is b.", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preemption_counts_on_the_node_that_comes_back()
        => Assert.Equal("a", Outcome(Nodes.Outcomes(s_a, s_b with { Preempt = false }), "a is down").MasterAfterwards.ToString());

    [Fact]
    public void Delays_are_waited_for()
    {
        var patient = s_a with { PreemptDelay = TimeSpan.FromSeconds(300), StartupDelay = TimeSpan.FromSeconds(60) };
        Assert.Equal("a", Outcome(Nodes.Outcomes(patient, s_b), "a is down").MasterAfterwards.ToString());
    }

    [Fact]
    public void Nodes_that_do_not_hear_each_other_are_both_Master()
    {
        var findings = Nodes.Lint(s_a with { Version = VrrpVersion.V2 }, s_b);
        Assert.Equal("a, b", Outcome(findings.OfType<VrrpElectionOutcome>(), string.Empty).Master.ToString());
        Assert.Equal(VrrpFindingSeverity.Error, Assert.Single(findings, static finding => finding.Code == FindingCodes.TwoMasters).Severity);
    }

    [Fact]
    public void A_password_on_one_node_splits_them()
        => Assert.Contains(
            Nodes.Lint(s_a with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("x") }, s_b with { Version = VrrpVersion.V2 }),
            static finding => finding.Code == FindingCodes.TwoMasters);

    [Theory]
    [InlineData(HmacMode.Enforce, HmacMode.Enforce, true, false, false)]
    [InlineData(HmacMode.Enforce, HmacMode.Enforce, false, true, true)]
    [InlineData(HmacMode.Enforce, HmacMode.ReceiveOnly, true, true, false)]
    [InlineData(HmacMode.Permissive, HmacMode.ReceiveOnly, true, false, false)]
    [InlineData(HmacMode.Enforce, HmacMode.Permissive, true, false, false)]
    [InlineData(HmacMode.Enforce, null, true, true, true)]
    [InlineData(HmacMode.ReceiveOnly, null, true, false, false)]
    public void Signatures_that_a_node_does_not_accept_are_found_and_split_them_where_the_lower_one_is_deaf(HmacMode one, HmacMode? other, bool sameKey, bool differs, bool splits)
    {
        HmacConfiguration Hmac(HmacMode mode, char key) => new() { Mode = mode, ActiveKey = 3, Keys = [new HmacKey(3, Secret.FromText(new string(key, 32)))] };
        var findings = Nodes.Lint(s_a with { Hmac = Hmac(one, 'x') }, s_b with { Hmac = other is { } mode ? Hmac(mode, sameKey ? 'x' : 'y') : null });
        Assert.Equal(differs, findings.Any(static finding => finding.Code == FindingCodes.AuthenticationDiffers));
        Assert.Equal(splits, findings.Any(static finding => finding.Code == FindingCodes.TwoMasters));
        Assert.DoesNotContain(findings, static finding => finding.Message.Contains("xxxx", StringComparison.Ordinal));
    }

    [Fact]
    public void Strictness_is_told_on_request_only()
    {
        Assert.DoesNotContain(Nodes.Lint(s_a, s_b), static finding => finding.Code.StartsWith("Strict", StringComparison.Ordinal));
        var strict = ConfigurationLint.Run(Nodes.Of(s_a), inSession: false, strict: true);
        Assert.Contains("RFC 9568", strict.Single(static finding => finding.Code == "StrictChecksum").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unicast_to_the_wrong_peers_splits_them()
    {
        var (one, two, three) = (InetAddress.Parse("192.0.2.1"), InetAddress.Parse("192.0.2.2"), InetAddress.Parse("192.0.2.3"));
        var a = s_a with { SourceAddress = one, UnicastPeers = [three] };
        var b = s_b with { SourceAddress = two, UnicastPeers = [one] };
        Assert.Equal("a, b", Outcome(Nodes.Outcomes(a, b), string.Empty).Master.ToString());
        Assert.Equal("a", Outcome(Nodes.Outcomes(a with { UnicastPeers = [two] }, b), string.Empty).Master.ToString());
    }

    [Fact]
    public void Between_equals_the_higher_source_address_decides_and_an_unknown_one_is_said()
    {
        var low = s_a with { SourceAddress = InetAddress.Parse("192.0.2.1") };
        var high = s_a with { SourceAddress = InetAddress.Parse("192.0.2.2") };
        var known = Outcome(Nodes.Outcomes(low, high), string.Empty);
        Assert.Equal("b", known.Master.ToString());
        Assert.DoesNotContain("is taken to have it", known.Message, StringComparison.Ordinal);
        Assert.Contains("a is taken to have it", Outcome(Nodes.Outcomes(s_a, s_a), string.Empty).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_instances_of_one_id_on_two_interfaces_are_two_virtual_routers()
    {
        NodeConfiguration Node(string name, int priority) => new(name, [
            Nodes.Instance(priority) with { Name = "in" },
            Nodes.Instance(255 - priority) with { Name = "out", InterfaceName = "eth1", VirtualAddresses = [VirtualAddress.Parse("198.51.100.1")] },
        ]);
        var outcomes = ConfigurationLint.Run([Node("a", 150), Node("b", 120)], inSession: false).OfType<VrrpElectionOutcome>().ToArray();
        Assert.Equal(["a", "b"], outcomes.Where(static outcome => outcome.Failure.Length == 0).Select(static outcome => outcome.Master.ToString()));
    }

    [Fact]
    public void A_weight_smaller_than_the_distance_never_causes_a_failover()
    {
        var finding = Assert.Single(Useless(100, s_c, new SimulatedCheck("check 'nginx'", 95)));
        Assert.Equal(FindingCodes.CheckWithoutFailover, finding.Code);
        Assert.Contains("with check 'nginx' failed, a is 95 and b is 90", finding.Message, StringComparison.Ordinal);
        Assert.Contains("more than 10", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_makes_both_equal_is_not_enough() => Assert.Single(Useless(100, s_c, new SimulatedCheck("check 'nginx'", 90)));

    [Fact]
    public void A_sufficient_weight_and_a_fault_cause_a_failover()
    {
        Assert.Empty(Useless(100, s_c, new SimulatedCheck("check 'nginx'", 89)));
        Assert.Empty(Useless(100, s_c, new SimulatedCheck("check 'nginx'", null)));
    }

    [Fact]
    public void A_better_node_that_does_not_preempt_is_the_reason_named()
    {
        var finding = Assert.Single(Useless(100, s_c with { Preempt = false }, new SimulatedCheck("check 'nginx'", 80)));
        Assert.Equal(FindingCodes.NoPreemptBlocksFailover, finding.Code);
        Assert.Contains("b does not preempt", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_of_the_second_best_is_tried_with_the_best_gone()
    {
        var set = new NodeSet(Nodes.Of(s_a, s_b, s_c));
        var rule = new UselessCheckCheck(static member => member.NodeName == "b" ? [new SimulatedCheck("check 'x'", 100)] : []);
        Assert.Contains("b is 100 and c is 90", Assert.Single(rule.Check(set)).Message, StringComparison.Ordinal);
    }

    private static VrrpFinding[] Useless(int priority, InstanceConfiguration other, SimulatedCheck check)
        => [.. new UselessCheckCheck(member => member.NodeName == "a" ? [check] : []).Check(new NodeSet(Nodes.Of(Nodes.Instance(priority), other)))];

    private static VrrpElectionOutcome Outcome(IEnumerable<VrrpElectionOutcome> outcomes, string failure)
        => Assert.Single(outcomes, outcome => outcome.Failure == failure);
}
