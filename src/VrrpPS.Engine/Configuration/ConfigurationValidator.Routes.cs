using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    private static void CheckRoutes(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        CheckRoutes(c.VirtualRoutes, nameof(c.VirtualRoutes), problems);
        CheckRules(c.VirtualRules, nameof(c.VirtualRules), problems);
    }

    private static void CheckRoutes(VrrpList<VirtualRoute> routes, string property, List<ConfigurationProblem> problems)
    {
        var seen = new HashSet<(NetworkPrefix, uint, uint?)>();
        foreach (var route in routes)
        {
            string? reason = RouteReason(route) ?? (!seen.Add((route.Destination, route.Table, route.Metric))
                ? "the list has a route to there with the same table and metric already. Give them different metrics, or name several nexthops."
                : null);
            if (reason is not null)
            {
                Add(problems, property, VrrpErrors.InvalidRoute(route.ToString(), reason));
            }
        }
    }

    private static void CheckRules(VrrpList<VirtualRule> rules, string property, List<ConfigurationProblem> problems)
    {
        var seen = new HashSet<VirtualRule>();
        foreach (var rule in rules)
        {
            string? reason = RuleReason(rule) ?? (!seen.Add(rule) ? "it is in the list twice. Name it once." : null);
            if (reason is not null)
            {
                Add(problems, property, VrrpErrors.InvalidRule(rule.ToString(), reason));
            }
        }
    }

    private static string? RouteReason(VirtualRoute route)
    {
        if (!route.Destination.IsNetwork)
        {
            return $"{route.Destination} has bits set behind its prefix length. Write the network's own address, or the host with /{VirtualAddress.HostPrefixLength(route.Family)}.";
        }

        var addresses = route.NextHops.Select(static hop => hop.Gateway).Append(route.Gateway).Append(route.Source).OfType<InetAddress>();
        if (addresses.Any(address => address.Family != route.Family))
        {
            return "all its addresses must be of one family.";
        }

        if (route.Kind != RouteKind.Unicast && (route.Gateway is not null || route.NextHops.Count > 0))
        {
            return $"a {VirtualRouteWords.KindWord(route.Kind)} route sends nothing on. Leave the routers out.";
        }

        if (route.NextHops.Count > 0 && (route.Gateway is not null || route.InterfaceName is not null))
        {
            return "either it has nexthops, or 'via' and 'dev' of its own. Move them into a nexthop.";
        }

        if (route.NextHops.FirstOrDefault(static hop => hop.Gateway is null && hop.InterfaceName is null) is not null)
        {
            return "a nexthop needs 'via' or 'dev'.";
        }

        return route.NextHops.Select(static hop => hop.InterfaceName).Append(route.InterfaceName).OfType<string>().FirstOrDefault(static name => !IsInterfaceName(name)) is { } device
            ? $"'{device}' is no interface name."
            : route.Scope is not null && route.Family == AddressFamily.IPv6 ? "IPv6 routes have no scope. Leave it out." : null;
    }

    private static string? RuleReason(VirtualRule rule)
    {
        if (rule.From is { } from && rule.To is { } to && from.Address.Family != to.Address.Family)
        {
            return "both its networks must be of one family.";
        }

        if (new[] { rule.From, rule.To }.OfType<NetworkPrefix>().Any(static prefix => !prefix.IsNetwork))
        {
            return "a network has bits set behind its prefix length. Write the network's own address.";
        }

        return new[] { rule.InputInterface, rule.OutputInterface }.OfType<string>().FirstOrDefault(static name => !IsInterfaceName(name)) is { } device
            ? $"'{device}' is no interface name."
            : null;
    }
}
