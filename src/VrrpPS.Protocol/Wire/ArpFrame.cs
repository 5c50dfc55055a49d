namespace VrrpPS.Protocol.Wire;

/// <summary>Complete Ethernet frames that carry ARP. The link pads them to its minimum.</summary>
public static class ArpFrame
{
    /// <summary>Bytes of a frame.</summary>
    public const int Length = EthernetFrameReader.HeaderLength + ArpMessage.Length;

    /// <summary>Writes a broadcast frame from the message's sender and returns <see cref="Length"/>.</summary>
    /// <param name="frame">At least <see cref="Length"/> bytes.</param>
    /// <param name="message">The message.</param>
    public static int Write(Span<byte> frame, in ArpMessage message) => Write(frame, message, MacAddress.Broadcast, message.SenderMac);

    /// <summary>Writes a frame and returns <see cref="Length"/>.</summary>
    /// <param name="frame">At least <see cref="Length"/> bytes.</param>
    /// <param name="message">The message.</param>
    /// <param name="destination">Where the frame goes.</param>
    /// <param name="source">The frame's source address; in virtual-MAC mode the same as the sender's.</param>
    public static int Write(Span<byte> frame, in ArpMessage message, MacAddress destination, MacAddress source)
    {
        message.Write(frame[EthernetFrameReader.HeaderLength..]);
        EthernetHeader.Write(frame, destination, source, EtherType.Arp);
        return Length;
    }

    /// <summary>Writes the gratuitous ARP that announces an address, and returns <see cref="Length"/>.</summary>
    /// <param name="frame">At least <see cref="Length"/> bytes.</param>
    /// <param name="mac">The MAC address the virtual address answers at.</param>
    /// <param name="address">The virtual IPv4 address.</param>
    /// <param name="operation">A request, or an unasked reply.</param>
    public static int WriteAnnouncement(Span<byte> frame, MacAddress mac, InetAddress address, ArpOperation operation = ArpOperation.Request)
        => Write(frame, ArpMessage.Announcement(mac, address, operation));

    /// <summary>Writes the probe that asks whether anybody has an address, and returns <see cref="Length"/>.</summary>
    public static int WriteProbe(Span<byte> frame, MacAddress mac, InetAddress address) => Write(frame, ArpMessage.Probe(mac, address));
}
