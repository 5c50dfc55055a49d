namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>How a receiving <see cref="PacketSocket"/> is opened.</summary>
public sealed record PacketSocketOptions
{
    /// <summary>The Ethernet protocol to receive; see <see cref="Sockets.EtherType"/>.</summary>
    public required ushort EtherType { get; init; }

    /// <summary>The interface to receive on; 0 means all.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>Which packets to receive; null means all.</summary>
    public BpfProgram? Filter { get; init; }

    /// <summary>Whether packets come with their link header (SOCK_RAW). Otherwise they start at the network header.</summary>
    public bool IncludeLinkHeader { get; init; }

    /// <summary>Whether packets that this host sends are shown too; only <see cref="Sockets.EtherType.All"/> ever does.</summary>
    public bool IncludeOutgoing { get; init; }

    /// <summary>Whether each packet carries the kernel's receive time.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Receive every multicast frame of the link, not only of joined groups. To watch, not to act on.</summary>
    public bool AllMulticast { get; init; }

    /// <summary>The receive buffer in bytes; beyond the system's limit only with CAP_NET_ADMIN.</summary>
    public int ReceiveBuffer { get; init; } = 1024 * 1024;
}
