using VrrpPS.Protocol;

namespace VrrpPS;

/// <summary>Something with our mark that a dead engine left in the kernel: nobody who lives looks after it.</summary>
public sealed record VrrpOrphan
{
    /// <summary>What it is.</summary>
    public VrrpOrphanKind Kind { get; init; }

    /// <summary>What it is in words: <c>192.0.2.1/24</c>, <c>10.0.0.0/8 table 100</c>, <c>from 192.0.2.1/32 priority 500 table 100</c>.</summary>
    public required string Target { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required AddressFamily AddressFamily { get; init; }

    /// <summary>The address; null for what is none.</summary>
    public string? IPAddress { get; init; }

    /// <summary>The prefix length an address is bound with, 0..32 or 0..128.</summary>
    public int? PrefixLength { get; init; }

    /// <summary>The interface that has it; null where none does.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>The interface's index in its network namespace; null where there is none.</summary>
    public int? InterfaceIndex { get; init; }

    /// <summary>The MAC address of a link that was made for a virtual one; null for what is none.</summary>
    public string? MacAddress { get; init; }

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>How long the kernel will keep an address, in whole seconds; null means for ever.</summary>
    public TimeSpan? ValidLifetime { get; init; }

    /// <summary><see cref="ValidLifetime"/> in seconds.</summary>
    public double? ValidLifetimeSeconds => ValidLifetime?.TotalSeconds;

    /// <summary><c>192.0.2.1/24 on eth0</c>, <c>route 10.0.0.0/8 on eth0</c>, <c>rule from ...</c>, <c>link vrrp.51 (00:00:5e:00:01:33)</c>.</summary>
    public override string ToString() => Kind switch
    {
        VrrpOrphanKind.Address => $"{Target} on {InterfaceName}",
        VrrpOrphanKind.Route => InterfaceName is null ? $"route {Target}" : $"route {Target} on {InterfaceName}",
        VrrpOrphanKind.Link => $"link {Target} ({MacAddress})",
        _ => InterfaceName is null ? $"rule {Target}" : $"rule {Target} on {InterfaceName}",
    };
}
