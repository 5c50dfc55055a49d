using System.Globalization;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>Routes and rules as commands of <c>ip</c>, for the guard: whoever removes a dead engine's cannot call into it.</summary>
internal static class RouteCommands
{
    /// <summary>The removals, rules first; what cannot be put into words safely is left to the sweep.</summary>
    public static IEnumerable<string> Removal(IEnumerable<VirtualRoute> routes, IEnumerable<VirtualRule> rules)
        => rules.Where(static rule => IsSafe(rule.InputInterface) && IsSafe(rule.OutputInterface)).Select(Removal).Concat(routes.Select(Removal));

    private static string Removal(VirtualRoute route)
    {
        string kind = route.Kind == RouteKind.Unicast ? string.Empty : VirtualRouteWords.KindWord(route.Kind) + " ";
        string metric = route.Metric is { } given ? " metric " + Text(given) : string.Empty;
        return $"route delete {kind}{route.Destination} table {Text(route.Table)}{metric} proto {Text(RouteProtocol.VrrpPS)}";
    }

    private static string Removal(VirtualRule rule)
        => $"{(rule.Family == AddressFamily.IPv4 ? string.Empty : "-6 ")}rule delete {rule with { NoTrack = false, SuppressPrefixLength = null }} protocol {Text(RouteProtocol.VrrpPS)}".Replace(" inet6", string.Empty, StringComparison.Ordinal);

    private static bool IsSafe(string? interfaceName) => interfaceName is null || GuardedAddress.IsGuardable(interfaceName);

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
