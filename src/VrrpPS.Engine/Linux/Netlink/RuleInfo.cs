using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>A routing rule, as far as rules of ours can differ.</summary>
/// <param name="Family">The family.</param>
/// <param name="From">The source addresses it matches; null for all.</param>
/// <param name="To">The destination addresses it matches; null for all.</param>
/// <param name="Table">The table, or 0.</param>
/// <param name="Priority">Its place.</param>
/// <param name="Mark">The firewall mark; 0 for none.</param>
/// <param name="InputInterface">The interface, or null.</param>
/// <param name="OutputInterface">The interface, or null.</param>
public readonly record struct RuleInfo(
    AddressFamily Family,
    NetworkPrefix? From,
    NetworkPrefix? To,
    uint Table,
    uint Priority,
    uint Mark,
    string? InputInterface,
    string? OutputInterface)
{
    /// <summary>What becomes of packets (FR_ACT_*, which are the numbers of RTN_*).</summary>
    public RouteKind Kind { get; init; } = RouteKind.Unicast;
}
