using VrrpPS.Protocol;

namespace VrrpPS;

/// <summary>A virtual address that a dead engine left bound: it carries our mark and no living engine speaks for its interface.</summary>
public sealed record VrrpOrphan
{
    /// <summary>The address.</summary>
    public required string IPAddress { get; init; }

    /// <summary>The prefix length it is bound with, 0..32 or 0..128.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required AddressFamily AddressFamily { get; init; }

    /// <summary>The interface that has it.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The interface's index in its network namespace.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>How long the kernel will keep it, in whole seconds; null means for ever.</summary>
    public TimeSpan? ValidLifetime { get; init; }

    /// <summary><see cref="ValidLifetime"/> in seconds.</summary>
    public double? ValidLifetimeSeconds => ValidLifetime?.TotalSeconds;

    /// <summary><c>192.0.2.1/24 on eth0</c>.</summary>
    public override string ToString() => $"{IPAddress}/{PrefixLength} on {InterfaceName}";
}
