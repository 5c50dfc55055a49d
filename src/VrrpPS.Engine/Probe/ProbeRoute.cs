using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Probe;

/// <summary>How the address is reached from here.</summary>
internal sealed record ProbeRoute
{
    /// <summary>The interface that leads there; null without a route.</summary>
    public LinkInfo? Link { get; init; }

    /// <summary>Whether the address is bound on this host.</summary>
    public bool IsLocal { get; init; }

    /// <summary>The next hop; <c>default</c> for an address on the link.</summary>
    public InetAddress Gateway { get; init; }

    /// <summary>The address the kernel sends from; <c>default</c> when unknown.</summary>
    public InetAddress Source { get; init; }

    /// <summary>Why the kernel knows no route; null when it does.</summary>
    public string? Unreachable { get; init; }
}
