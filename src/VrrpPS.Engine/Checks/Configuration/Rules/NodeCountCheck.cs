namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>A virtual router needs somebody to take over.</summary>
internal sealed class NodeCountCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        if (set.Nodes.Count == 1 && set.Groups.Count > 0)
        {
            yield return Finding.Information(
                FindingCodes.SingleNode,
                set.Nodes[0].Name,
                "Only one node was given: who takes over from whom, and whether the nodes agree, was not looked at.",
                "Give the configurations of all nodes: Test-VrrpConfiguration node1.conf, node2.conf");
            yield break;
        }

        foreach (var group in set.Groups.Where(static group => group.Members.Count == 1))
        {
            yield return Finding.Warning(
                FindingCodes.RouterOnOneNode,
                group.Members[0].Subject,
                $"Of {set.Nodes.Count} nodes only {group.Members[0].NodeName} has {group.Subject}: nobody takes over from it.",
                $"Configure virtual router {group.VirtualRouterId} on another node, or correct its id there.");
        }
    }
}
