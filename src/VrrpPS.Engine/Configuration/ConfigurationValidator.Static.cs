using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    /// <summary>Finds everything that is wrong with static addresses, routes and rules, alone and beside the instances.</summary>
    /// <param name="configuration">What the node has whoever is Master.</param>
    /// <param name="instances">The virtual routers of the same document.</param>
    public static IReadOnlyList<ConfigurationProblem> ValidateStatic(StaticConfiguration configuration, IReadOnlyCollection<InstanceConfiguration> instances)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<ConfigurationProblem>();
        if (configuration.NetworkNamespace is { } space && !Linux.Namespaces.NetworkNamespace.IsValidName(space))
        {
            Add(problems, nameof(configuration.NetworkNamespace), VrrpErrors.InvalidConfiguration(
                $"'{space}' is no name of a network namespace. Write one as 'ip netns' shows it.", space));
        }

        // An address that a Backup keeps would answer beside the Master's.
        var moving = instances.Where(i => i.NetworkNamespace == configuration.NetworkNamespace && i.Priority < 255)
            .SelectMany(static i => i.VirtualAddresses.Select(address => (address.Address, i.Name)))
            .ToLookup(static pair => pair.Address, static pair => pair.Name);
        var seen = new HashSet<(InetAddress, string)>();
        foreach (var address in configuration.Addresses)
        {
            if ((CheckAddress(address) ?? CheckStatic(address, moving[address.Address].FirstOrDefault(), seen)) is { } error)
            {
                Add(problems, nameof(configuration.Addresses), error);
            }
        }

        CheckMoving(configuration, instances.Where(i => i.NetworkNamespace == configuration.NetworkNamespace), problems);
        CheckRoutes(configuration.Routes, nameof(configuration.Routes), problems);
        CheckRules(configuration.Rules, nameof(configuration.Rules), problems);
        foreach (var route in configuration.Routes.Where(static route
            => route is { Kind: RouteKind.Unicast, NextHops.Count: 0, InterfaceName: null } && (route.Gateway is not { IsLinkLocal: false } || route.OnLink)))
        {
            Add(problems, nameof(configuration.Routes), VrrpErrors.InvalidRoute(
                route.ToString(), "nothing says through which interface it leads. Add 'dev' with its name."));
        }

        return problems;
    }

    /// <summary>What a Master installs and removes cannot stay.</summary>
    private static void CheckMoving(StaticConfiguration configuration, IEnumerable<InstanceConfiguration> instances, List<ConfigurationProblem> problems)
    {
        foreach (var instance in instances)
        {
            foreach (var route in configuration.Routes.Where(route => instance.VirtualRoutes.Any(other
                => (other.Destination, other.Table, other.Metric) == (route.Destination, route.Table, route.Metric))))
            {
                Add(problems, nameof(configuration.Routes), VrrpErrors.InvalidRoute(
                    route.ToString(), $"'{instance.Name}' has a virtual route to there with the same table and metric. Keep one of them."));
            }

            foreach (var rule in configuration.Rules.Where(rule => instance.VirtualRules.Any(other => other with { NoTrack = false } == rule with { NoTrack = false })))
            {
                Add(problems, nameof(configuration.Rules), VrrpErrors.InvalidRule(
                    rule.ToString(), $"it is a virtual rule of '{instance.Name}' as well. Keep it in one place."));
            }
        }
    }

    private static VrrpException? CheckStatic(VirtualAddress address, string? owner, HashSet<(InetAddress, string)> seen)
    {
        string text = address.ToString();
        if (address.InterfaceName is not { } device)
        {
            return VrrpErrors.InvalidAddress(text, "a static address needs the interface that has it. Write 'dev' and its name behind the address.");
        }

        if (CheckOptions(address, device) is { } error)
        {
            return error;
        }

        string? reason = owner is not null
            ? $"it is a virtual address of '{owner}', which only the Master may have. Keep it in one place."
            : !address.Advertised ? "a static address is never advertised. Leave 'advertised' out."
            : !seen.Add((address.Address, device)) ? "it is in the list twice. Name it once."
            : null;
        return reason is null ? null : VrrpErrors.InvalidAddress(text, reason);
    }
}
