using VrrpPS.Engine.Configuration.Routing;

namespace VrrpPS.Engine.Configuration.Static;

/// <summary>
/// What a node has whoever is Master: addresses, routes and rules of its own that come and go with the service, not with a virtual
/// router. An immutable value, compared by content.
/// </summary>
public sealed record StaticConfiguration
{
    /// <summary>Nothing.</summary>
    public static StaticConfiguration None { get; } = new();

    /// <summary>The addresses; each names its interface. They are bound with their prefix length, for ever, and never leased.</summary>
    public VrrpList<VirtualAddress> Addresses { get; init; } = [];

    /// <summary>The routes; installed after the addresses. One that sends packets on names an interface or a router.</summary>
    public VrrpList<VirtualRoute> Routes { get; init; } = [];

    /// <summary>The routing rules; installed after the routes.</summary>
    public VrrpList<VirtualRule> Rules { get; init; } = [];

    /// <summary>The named network namespace that has them, or null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Whether there is nothing to bind or install.</summary>
    public bool IsEmpty => Addresses.Count + Routes.Count + Rules.Count == 0;

    /// <summary>The interfaces that are named, each once.</summary>
    public IEnumerable<string> InterfaceNames => Addresses.Select(static address => address.InterfaceName)
        .Concat(Routes.SelectMany(static route => route.NextHops.Select(static hop => hop.InterfaceName).Append(route.InterfaceName)))
        .Concat(Rules.SelectMany(static rule => new[] { rule.InputInterface, rule.OutputInterface }))
        .OfType<string>().Distinct(StringComparer.Ordinal);
}
