using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Runtime.Routing;

/// <summary>Whether what the kernel shows is what was configured.</summary>
internal static class RouteMatch
{
    /// <summary>A route is told by its destination, table and metric.</summary>
    public static bool Is(in RouteInfo info, VirtualRoute route)
        => info.Destination == route.Destination && info.Table == route.Table && (route.Metric is not { } metric || metric == info.Metric);

    /// <summary>A rule is told by all that it matches and where it leads.</summary>
    public static bool Is(in RuleInfo info, VirtualRule rule)
        => info.From == NullIfAll(rule.From) && info.To == NullIfAll(rule.To)
        && info.Table == (rule.Kind == RouteKind.Unicast ? rule.Table : 0)
        && info.Mark == (rule.Mark ?? 0)
        && info.InputInterface == rule.InputInterface && info.OutputInterface == rule.OutputInterface
        && (rule.Priority is not { } priority || priority == info.Priority);

    private static NetworkPrefix? NullIfAll(NetworkPrefix? prefix) => prefix is { Length: 0 } ? null : prefix;
}
