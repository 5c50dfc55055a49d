using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

/// <summary>
/// A MAC address that moves with the Master role (RFC 9568 section 7.3): the addresses are on a link of their own, a macvlan, and the
/// hosts' neighbour entries stay true when the Master changes.
/// </summary>
public sealed record VirtualMacOptions
{
    /// <summary>The default link name's beginning.</summary>
    public const string DefaultPrefix = "vrrp";

    /// <summary>The protocol's own MAC address, a link with the default name, and advertisements from that MAC address.</summary>
    public static VirtualMacOptions Default { get; } = new();

    /// <summary>The name of the link, at most 15 bytes; by default <c>vrrp.VRID</c>, for IPv6 <c>vrrp6.VRID</c>.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>Another MAC address than the protocol's own, the same on every node; null for 00-00-5E-00-01-VRID or 00-00-5E-00-02-VRID.</summary>
    public MacAddress? Address { get; init; }

    /// <summary>
    /// Whether advertisements leave with the MAC address of the interface itself; only announcements and what is served have the
    /// virtual one then. For switches that dislike it, and for unicast peers.
    /// </summary>
    public bool TransmitFromBase { get; init; }

    /// <summary>The name of an instance's link.</summary>
    public string NameFor(InstanceConfiguration configuration)
        => InterfaceName ?? DefaultName(DefaultPrefix, configuration.AddressFamily, configuration.VirtualRouterId);

    /// <summary>The MAC address of an instance's link.</summary>
    public MacAddress AddressFor(InstanceConfiguration configuration)
        => Address ?? MacAddress.VirtualRouter(configuration.AddressFamily, (byte)configuration.VirtualRouterId);

    /// <summary>The name that keepalived gives such a link as well.</summary>
    public static string DefaultName(string prefix, AddressFamily family, int virtualRouterId)
        => $"{prefix}{(family == AddressFamily.IPv6 ? "6" : string.Empty)}.{virtualRouterId}";

    /// <summary><c>on</c>, or what differs from the default.</summary>
    public override string ToString()
        => string.Join(' ', new[] { InterfaceName, Address?.ToString(), TransmitFromBase ? "transmitting from the interface itself" : null }
            .OfType<string>().DefaultIfEmpty("on"));
}
