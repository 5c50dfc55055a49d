namespace VrrpPS;

/// <summary>One virtual address of an instance and whether the kernel has it at the moment.</summary>
public sealed record VrrpAddressState
{
    /// <summary>The address in canonical text.</summary>
    public required string IPAddress { get; init; }

    /// <summary>The configured prefix length.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The interface that carries the address.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The address's alias label, or null.</summary>
    public string? Label { get; init; }

    /// <summary>Whether advertisements list the address.</summary>
    public bool Advertised { get; init; } = true;

    /// <summary>Whether this node has the address bound.</summary>
    public bool Bound { get; init; }

    /// <summary>What is left of the kernel's lease; null when not bound or bound for ever.</summary>
    public TimeSpan? ValidLifetime { get; init; }

    /// <summary><see cref="ValidLifetime"/> in seconds.</summary>
    public double? ValidLifetimeSeconds => ValidLifetime?.TotalSeconds;

    /// <summary><c>192.0.2.1/24</c>.</summary>
    public override string ToString() => $"{IPAddress}/{PrefixLength}";
}
