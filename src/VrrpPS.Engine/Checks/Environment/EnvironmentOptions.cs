using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Environment;

/// <summary>What to look at on a machine.</summary>
public sealed record EnvironmentOptions
{
    /// <summary>The interfaces; empty means every Ethernet interface.</summary>
    public VrrpList<string> InterfaceNames { get; init; } = [];

    /// <summary>The virtual router id that is to be used, 1..255, or null.</summary>
    public int? VirtualRouterId { get; init; }

    /// <summary>The peers that advertisements will be sent to; empty means the multicast group.</summary>
    public VrrpList<InetAddress> UnicastPeers { get; init; } = [];

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>How long to listen for other speakers; zero means not at all.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(4);
}
