namespace VrrpPS.Protocol.Wire;

/// <summary>Complete Ethernet frames that ask who has an IPv6 address (RFC 4861 section 4.3), to its solicited-node group.</summary>
public static class NeighborSolicitationFrame
{
    /// <summary>Bytes of a frame with the source link-layer option; a probe without source is eight shorter.</summary>
    public const int Length = NeighborLayout.FrameOffset + NeighborLayout.OptionsOffset + NeighborLayout.LinkLayerOptionLength;

    /// <summary>
    /// Writes a solicitation and returns its length. With the source <c>::</c> it claims nothing and every holder answers to
    /// all nodes, as in duplicate address detection (RFC 4862 section 5.4.2).
    /// </summary>
    /// <param name="frame">At least <see cref="Length"/> bytes.</param>
    /// <param name="mac">The asking interface's MAC address.</param>
    /// <param name="source">One of the interface's addresses, or <c>::</c>.</param>
    /// <param name="target">The address that is asked for.</param>
    /// <exception cref="ArgumentException">An address is not IPv6.</exception>
    public static int Write(Span<byte> frame, MacAddress mac, InetAddress source, InetAddress target)
    {
        var group = SolicitedNode.GroupOf(target);
        return NeighborLayout.WriteFrame(
            frame,
            mac,
            new PacketMetadata(source, group, NeighborLayout.HopLimit),
            NeighborLayout.TypeSolicitation,
            flags: 0,
            target,
            source.IsUnspecified ? (byte)0 : NeighborLayout.OptionSourceLinkLayer,
            mac,
            group.ToMulticastMac());
    }
}
