using VrrpPS.Engine.Checks.Configuration.Election;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Members that move together on one node must do so on every node, and one node must win all their elections.</summary>
internal sealed class SyncGroupCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set) => set.Sites.Where(static site => site.Groups.Count > 1).SelectMany(Check);

    private static IEnumerable<VrrpFinding> Check(RouterSite site)
    {
        string routers = string.Join(", ", site.Groups.Select(static group => group.VirtualRouterId));
        string subject = $"virtual routers {routers}";
        string? different = Differences(site);
        if (different is not null)
        {
            yield return Finding.Warning(
                FindingCodes.SyncGroupDiffers,
                subject,
                $"Not every node moves the same virtual routers together: {different}. A node whose members move alone takes over only a part of what the other gives away.",
                "Put the same virtual routers into one sync group on every node.");
        }

        var best = site.Groups.Where(static group => group.Members.Count > 1).Select(group => (group.VirtualRouterId, Node: Best(group))).ToArray();
        if (different is null && best.Select(static one => one.Node).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            yield return Finding.Error(
                FindingCodes.SyncGroupOrder,
                subject,
                $"No node has the highest priority for all members of the sync group ({string.Join(", ", best.Select(static one => $"{one.Node} for {one.VirtualRouterId}"))}): they cannot be Master together, and the role would go back and forth.",
                "Give all members of a node the same priority.");
        }
    }

    /// <summary>What each node moves together, if they do not agree.</summary>
    private static string? Differences(RouterSite site)
    {
        var nodes = site.Groups
            .SelectMany(static group => group.Members.Select(member => (group.VirtualRouterId, Member: member)))
            .GroupBy(static part => part.Member.NodeName, StringComparer.Ordinal)
            .Select(static node => (Name: node.Key, Together: Together(node.ToArray())))
            .ToArray();
        return nodes.Select(static node => node.Together).Distinct(StringComparer.Ordinal).Count() < 2
            ? null
            : string.Join("; ", nodes.Select(static node => $"{node.Name}: {node.Together}"));
    }

    private static string Together((int VirtualRouterId, RouterMember Member)[] parts) => string.Join(", ", parts
        .GroupBy(static part => part.Member.Instance.SyncGroup is null ? $"{part.VirtualRouterId}" : $"group {part.Member.Instance.SyncGroup}", StringComparer.Ordinal)
        .Select(static together => string.Join(" with ", together.Select(static part => part.VirtualRouterId).Order()))
        .Order(StringComparer.Ordinal));

    private static string Best(RouterGroup group) => group.Members.MaxBy(static member => SimulatedCheck.HealthyPriority(member.Instance))!.NodeName;
}
