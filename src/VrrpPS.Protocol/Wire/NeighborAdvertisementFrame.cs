namespace VrrpPS.Protocol.Wire;

/// <summary>Complete Ethernet frames that carry a neighbor advertisement (RFC 4861 section 4.4), with hop limit 255.</summary>
public static class NeighborAdvertisementFrame
{
    /// <summary>Bytes of a frame with the target link-layer option.</summary>
    public const int Length = NeighborLayout.FrameOffset + NeighborLayout.OptionsOffset + NeighborLayout.LinkLayerOptionLength;

    /// <summary>
    /// Writes the unsolicited advertisement to all nodes that announces an address (RFC 9568 section 6.4.2): S clear, O set,
    /// target link-layer option. Returns <see cref="Length"/>.
    /// </summary>
    /// <param name="frame">At least <see cref="Length"/> bytes.</param>
    /// <param name="mac">The MAC address the virtual address answers at; also the frame's source.</param>
    /// <param name="address">The virtual IPv6 address.</param>
    /// <param name="source">The packet's source address, one of the interface's; may be the virtual address itself.</param>
    /// <param name="isRouter">The R flag.</param>
    public static int WriteUnsolicited(Span<byte> frame, MacAddress mac, InetAddress address, InetAddress source, bool isRouter)
        => Write(
            frame,
            mac,
            SolicitedNode.AllNodes.ToMulticastMac(),
            source,
            SolicitedNode.AllNodes,
            new NeighborAdvertisement(address, mac, isRouter, IsSolicited: false, IsOverride: true));

    /// <summary>Writes a frame and returns its length, at most <see cref="Length"/>.</summary>
    /// <param name="frame">At least <see cref="Length"/> bytes.</param>
    /// <param name="sourceMac">The frame's source.</param>
    /// <param name="destinationMac">The frame's destination.</param>
    /// <param name="source">The packet's source address.</param>
    /// <param name="destination">The packet's destination address.</param>
    /// <param name="advertisement">The message.</param>
    /// <exception cref="ArgumentException">An address is not IPv6.</exception>
    public static int Write(
        Span<byte> frame,
        MacAddress sourceMac,
        MacAddress destinationMac,
        InetAddress source,
        InetAddress destination,
        in NeighborAdvertisement advertisement)
        => NeighborLayout.WriteFrame(
            frame,
            sourceMac,
            new PacketMetadata(source, destination, NeighborLayout.HopLimit),
            NeighborLayout.TypeAdvertisement,
            advertisement.Flags,
            advertisement.Target,
            advertisement.TargetMac is null ? (byte)0 : NeighborLayout.OptionTargetLinkLayer,
            advertisement.TargetMac.GetValueOrDefault(),
            destinationMac);
}
