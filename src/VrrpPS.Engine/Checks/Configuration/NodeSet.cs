using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Configuration;

/// <summary>
/// The configurations of one or several nodes, sorted by virtual router. Nodes may call the interface differently, so that one
/// virtual router is one id and family; only where a node has the id twice do the interface names tell them apart.
/// </summary>
internal sealed class NodeSet
{
    public NodeSet(IReadOnlyList<NodeConfiguration> nodes)
    {
        Nodes = nodes;
        Groups = [.. nodes
            .SelectMany(static node => node.Instances.Select(instance => new RouterMember(node.Name, instance)))
            .GroupBy(static member => (member.Instance.VirtualRouterId, member.Instance.AddressFamily))
            .SelectMany(static members => Split(members.Key.VirtualRouterId, members.Key.AddressFamily, [.. members]))];
        Sites = RouterSite.Sort(Groups);
    }

    /// <summary>The nodes in the order given.</summary>
    public IReadOnlyList<NodeConfiguration> Nodes { get; }

    /// <summary>The virtual routers.</summary>
    public IReadOnlyList<RouterGroup> Groups { get; }

    /// <summary>The virtual routers, those together that sync groups tie to each other.</summary>
    public IReadOnlyList<RouterSite> Sites { get; }

    /// <summary>Every part of every node.</summary>
    public IEnumerable<RouterMember> Members => Groups.SelectMany(static group => group.Members);

    private static IEnumerable<RouterGroup> Split(int virtualRouterId, AddressFamily family, RouterMember[] members)
        => members.Select(static member => member.NodeName).Distinct(StringComparer.Ordinal).Count() == members.Length
            ? [new RouterGroup(virtualRouterId, family, members)]
            : members
                .GroupBy(static member => (member.Instance.InterfaceName, member.Instance.NetworkNamespace))
                .Select(part => new RouterGroup(virtualRouterId, family, [.. part]));
}
