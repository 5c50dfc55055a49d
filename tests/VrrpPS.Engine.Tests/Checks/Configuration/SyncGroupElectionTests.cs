using VrrpPS.Engine.Checks;
using VrrpPS.Engine.Checks.Configuration;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Trackers;
using Xunit;

namespace VrrpPS.Engine.Tests.Checks.Configuration;

/// <summary>Two nodes with two virtual routers each that move together.</summary>
public sealed class SyncGroupElectionTests
{
    [Fact]
    public void The_whole_group_moves_and_comes_back()
    {
        var findings = Run(Node("a", 150, 150), Node("b", 120, 120));
        Assert.DoesNotContain(findings, static finding => finding.Severity == VrrpFindingSeverity.Error);
        Assert.Equal([("a", 41), ("a", 42)], Masters(findings, string.Empty));
        foreach (string failure in (string[])["a is down", "eth0 of a is down", "eth1 of a is down"])
        {
            Assert.Equal([("b", 41), ("b", 42)], Masters(findings, failure));
            Assert.All(findings.OfType<VrrpElectionOutcome>().Where(outcome => outcome.Failure == failure), static outcome => Assert.Equal("a", outcome.MasterAfterwards.ToString()));
        }
    }

    [Fact]
    public void Alone_only_one_moves()
    {
        var findings = Run(Alone(Node("a", 150, 150)), Alone(Node("b", 120, 120)));
        Assert.Equal([("b", 42)], Masters(findings, "eth1 of a is down").Where(static one => one.Master == "b"));
    }

    [Fact]
    public void A_check_of_one_member_moves_both()
    {
        var a = Node("a", 150, 150);
        a = a with { Instances = [a.Instances[0] with { Trackers = [new TcpTracker { Name = "port", Host = "127.0.0.1", Port = 80 }] }, a.Instances[1]] };
        Assert.Equal([("b", 41), ("b", 42)], Masters(Run(a, Node("b", 120, 120)), "check 'port' fails on a"));
    }

    [Fact]
    public void A_weight_of_one_member_moves_nothing_and_the_groups_own_moves_both()
    {
        var tracker = new TcpTracker { Name = "port", Host = "127.0.0.1", Port = 80, Weight = -50 };
        var a = Node("a", 150, 150);
        var one = a with { Instances = [a.Instances[0] with { Trackers = [tracker] }, a.Instances[1]] };
        var findings = Run(one, Node("b", 120, 120));
        Assert.Equal([("a", 41), ("a", 42)], Masters(findings, "check 'port' fails on a"));
        Assert.Contains(findings, static finding => finding.Code is FindingCodes.CheckWithoutFailover or FindingCodes.NoPreemptBlocksFailover);
        var options = new SyncGroupOptions { Trackers = [tracker] };
        var both = a with { Instances = [.. a.Instances.Select(c => c with { SyncGroupOptions = options })] };
        findings = Run(both, Node("b", 120, 120));
        Assert.Equal([("b", 41), ("b", 42)], Masters(findings, "check 'port' fails on a"));
        Assert.DoesNotContain(findings, static finding => finding.Code == FindingCodes.CheckWithoutFailover);
    }

    [Fact]
    public void Members_that_cannot_be_Master_together_are_named()
    {
        var finding = Assert.Single(Run(Node("a", 150, 100), Node("b", 120, 120)), static finding => finding.Code == FindingCodes.SyncGroupOrder);
        Assert.Equal(VrrpFindingSeverity.Error, finding.Severity);
        Assert.Contains("a for 41, b for 42", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_without_the_group_is_named_and_splits_it()
    {
        var findings = Run(Node("a", 150, 150), Alone(Node("b", 120, 120)));
        var finding = Assert.Single(findings, static finding => finding.Code == FindingCodes.SyncGroupDiffers);
        Assert.Contains("a: 41 with 42; b: 41, 42", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(findings, static finding => finding.Code == FindingCodes.SyncGroupOrder);
    }

    [Fact]
    public void A_group_on_both_nodes_is_nothing_to_tell_of()
        => Assert.DoesNotContain(Run(Node("a", 150, 150), Node("b", 120, 120)), static finding => finding.Code.StartsWith("SyncGroup", StringComparison.Ordinal));

    [Fact]
    public void Groups_tie_virtual_routers_together_across_nodes()
    {
        InstanceConfiguration Instance(int id, string? group) => Nodes.Instance() with { Name = $"v{id}", VirtualRouterId = id, VirtualAddresses = [VirtualAddress.Parse($"192.0.2.{id}")], SyncGroup = group };
        var set = new NodeSet([new NodeConfiguration("a", [Instance(1, "x"), Instance(2, "x"), Instance(3, null), Instance(4, "x")]), new NodeConfiguration("b", [Instance(3, "y"), Instance(5, "y"), Instance(1, null)])]);
        Assert.Equal(["1 2 4", "3 5"], set.Sites.Select(static site => string.Join(' ', site.Groups.Select(static group => group.VirtualRouterId))));
    }

    private static IReadOnlyList<VrrpFinding> Run(params NodeConfiguration[] nodes) => ConfigurationLint.Run(nodes, inSession: false);

    private static IEnumerable<(string Master, int Id)> Masters(IEnumerable<VrrpFinding> findings, string failure)
        => findings.OfType<VrrpElectionOutcome>().Where(outcome => outcome.Failure == failure).Select(static outcome => (outcome.Master.ToString(), outcome.VirtualRouterId));

    private static NodeConfiguration Node(string name, int inside, int outside) => new(name,
    [
        Nodes.Instance(inside) with { Name = "in", SyncGroup = "wan" },
        Nodes.Instance(outside) with { Name = "out", InterfaceName = "eth1", VirtualRouterId = 42, VirtualAddresses = [VirtualAddress.Parse("198.51.100.1")], SyncGroup = "wan" },
    ]);

    private static NodeConfiguration Alone(NodeConfiguration node) => node with { Instances = [.. node.Instances.Select(static c => c with { SyncGroup = null })] };
}
