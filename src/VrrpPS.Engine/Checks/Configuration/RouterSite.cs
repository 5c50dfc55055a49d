namespace VrrpPS.Engine.Checks.Configuration;

/// <summary>Virtual routers whose elections depend on each other, because sync groups of nodes have members in several of them.</summary>
internal sealed record RouterSite(IReadOnlyList<RouterGroup> Groups)
{
    /// <summary>Every part of every node.</summary>
    public IEnumerable<RouterMember> Members => Groups.SelectMany(static group => group.Members);

    /// <summary>Sorts virtual routers by what ties them together.</summary>
    public static IReadOnlyList<RouterSite> Sort(IReadOnlyList<RouterGroup> groups)
    {
        var sites = new List<List<RouterGroup>>();
        foreach (var group in groups)
        {
            var tied = sites.Where(site => site.Exists(other => AreTied(other, group))).ToArray();
            var joined = tied.SelectMany(static site => site).Append(group).OrderBy(one => IndexOf(groups, one)).ToList();
            _ = sites.RemoveAll(tied.Contains);
            sites.Add(joined);
        }

        return [.. sites.OrderBy(site => IndexOf(groups, site[0])).Select(static site => new RouterSite(site))];
    }

    /// <summary>The sync group that a member is in on its node; null for none.</summary>
    public static (string Node, string? Space, string Name)? SyncGroupOf(RouterMember member)
        => member.Instance.SyncGroup is { } name ? (member.NodeName, member.Instance.NetworkNamespace, name) : null;

    private static bool AreTied(RouterGroup one, RouterGroup other)
        => one.Members.Select(SyncGroupOf).OfType<(string, string?, string)>().Intersect(other.Members.Select(SyncGroupOf).OfType<(string, string?, string)>()).Any();

    private static int IndexOf(IReadOnlyList<RouterGroup> groups, RouterGroup group)
    {
        for (int i = 0; i < groups.Count; i++)
        {
            if (ReferenceEquals(groups[i], group))
            {
                return i;
            }
        }

        return -1;
    }
}
