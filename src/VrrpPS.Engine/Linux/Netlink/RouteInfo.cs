using VrrpPS.Engine.Configuration.Routing;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>What identifies a route: the kernel has no two with the same.</summary>
/// <param name="Destination">Where it leads.</param>
/// <param name="Table">The table.</param>
/// <param name="Metric">The metric.</param>
public readonly record struct RouteInfo(NetworkPrefix Destination, uint Table, uint Metric);
