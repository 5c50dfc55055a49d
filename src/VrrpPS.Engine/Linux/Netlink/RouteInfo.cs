using VrrpPS.Engine.Configuration.Routing;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>What identifies a route: the kernel has no two with the same.</summary>
/// <param name="Destination">Where it leads.</param>
/// <param name="Table">The table.</param>
/// <param name="Metric">The metric.</param>
public readonly record struct RouteInfo(NetworkPrefix Destination, uint Table, uint Metric)
{
    /// <summary>What becomes of packets (RTN_*).</summary>
    public RouteKind Kind { get; init; } = RouteKind.Unicast;

    /// <summary>The interface that it sends through; 0 for none, or several.</summary>
    public int InterfaceIndex { get; init; }
}
