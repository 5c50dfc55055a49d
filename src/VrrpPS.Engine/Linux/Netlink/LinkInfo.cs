using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>An interface as the kernel describes it.</summary>
public sealed record LinkInfo
{
    /// <summary>The index, unique in its network namespace.</summary>
    public required int Index { get; init; }

    /// <summary>The name, at most 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>The flags.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>The Ethernet address; <c>default</c> for a link without one.</summary>
    public MacAddress MacAddress { get; init; }

    /// <summary>The maximum transmission unit in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>The operational state.</summary>
    public OperationalState OperationalState { get; init; }

    /// <summary>The index of the bridge or bond that the link belongs to, or 0.</summary>
    public int MasterIndex { get; init; }

    /// <summary>The index of the lower link (a macvlan's parent, a veth's peer), or 0. May belong to another namespace.</summary>
    public int LowerIndex { get; init; }

    /// <summary>The kind of a virtual link (<c>veth</c>, <c>bridge</c>, <c>macvlan</c>), or null.</summary>
    public string? Kind { get; init; }

    /// <summary>A text that somebody gave the link (<c>ip link set … alias</c>), or null.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether a program looks at every received packet before the kernel does (XDP).</summary>
    public bool HasReceiveProgram { get; init; }

    /// <summary>Whether the link is a bridge that sends multicast only where it was asked for (IGMP and MLD snooping).</summary>
    public bool SnoopsMulticast { get; init; }

    /// <summary>Whether the link is a bridge that asks for memberships itself.</summary>
    public bool QueriesMulticast { get; init; }

    /// <summary>Whether the link is enabled and passes packets.</summary>
    public bool IsUsable => (Flags & (LinkFlags.Up | LinkFlags.Running)) == (LinkFlags.Up | LinkFlags.Running);
}
