using VrrpPS.Protocol;

namespace VrrpPS;

/// <summary>
/// A virtual address that a dead engine left bound, or the link of a virtual MAC address that it left: it carries our mark and no living
/// engine speaks for its interface.
/// </summary>
public sealed record VrrpOrphan
{
    /// <summary>The address; empty for a link.</summary>
    public required string IPAddress { get; init; }

    /// <summary>The prefix length it is bound with, 0..32 or 0..128; 0 for a link.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required AddressFamily AddressFamily { get; init; }

    /// <summary>The interface that has it, or the link.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The interface's index in its network namespace.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>The MAC address of a link that was made for a virtual one; null for an address.</summary>
    public string? MacAddress { get; init; }

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>How long the kernel will keep it, in whole seconds; null means for ever.</summary>
    public TimeSpan? ValidLifetime { get; init; }

    /// <summary><see cref="ValidLifetime"/> in seconds.</summary>
    public double? ValidLifetimeSeconds => ValidLifetime?.TotalSeconds;

    /// <summary><c>192.0.2.1/24 on eth0</c>, or <c>link vrrp.51 (00:00:5e:00:01:33)</c>.</summary>
    public override string ToString() => MacAddress is null ? $"{IPAddress}/{PrefixLength} on {InterfaceName}" : $"link {InterfaceName} ({MacAddress})";
}
