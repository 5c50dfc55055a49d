using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>Where the fields of neighbor solicitations and advertisements are (RFC 4861 sections 4.3 and 4.4).</summary>
internal static class NeighborLayout
{
    public const int TypeOffset = 0;
    public const int CodeOffset = 1;
    public const int ChecksumOffset = 2;
    public const int FlagsOffset = 4;
    public const int TargetOffset = 8;
    public const int OptionsOffset = 24;

    /// <summary>Type and length of an option before its data.</summary>
    public const int OptionHeaderLength = 2;

    /// <summary>A link-layer address option for Ethernet, one unit of eight bytes.</summary>
    public const int LinkLayerOptionLength = 8;

    public const byte TypeSolicitation = 135;
    public const byte TypeAdvertisement = 136;
    public const byte OptionSourceLinkLayer = 1;
    public const byte OptionTargetLinkLayer = 2;
    public const byte HopLimit = 255;

    /// <summary>Offset of the ICMPv6 message in an Ethernet frame.</summary>
    public const int FrameOffset = EthernetFrameReader.HeaderLength + IPv6Header.Length;

    /// <summary>Writes a whole frame: flags, target and at most one link-layer option (0: none). Returns its length.</summary>
    public static int WriteFrame(
        Span<byte> frame,
        MacAddress sourceMac,
        in PacketMetadata metadata,
        byte type,
        byte flags,
        InetAddress target,
        byte option,
        MacAddress optionMac,
        MacAddress destinationMac)
    {
        if (target.Family != AddressFamily.IPv6 || metadata.Source.Family != AddressFamily.IPv6 || metadata.Destination.Family != AddressFamily.IPv6)
        {
            throw new ArgumentException($"Neighbor discovery speaks of IPv6 addresses, not of '{target}' from '{metadata.Source}' to '{metadata.Destination}'.");
        }

        int length = OptionsOffset + (option == 0 ? 0 : LinkLayerOptionLength);
        EthernetHeader.Write(frame, destinationMac, sourceMac, EtherType.IPv6);
        IPv6Header.Write(frame[EthernetFrameReader.HeaderLength..], metadata, ProtocolNumber.IcmpV6, AdvertisementFrame.TrafficClass, length);
        var message = frame.Slice(FrameOffset, length);
        message.Clear();
        message[TypeOffset] = type;
        message[FlagsOffset] = flags;
        target.Write(message[TargetOffset..]);
        if (option != 0)
        {
            message[OptionsOffset] = option;
            message[OptionsOffset + 1] = 1;
            optionMac.Write(message[(OptionsOffset + OptionHeaderLength)..]);
        }

        ulong sum = InternetChecksum.PseudoHeader(metadata.Source, metadata.Destination, ProtocolNumber.IcmpV6, length);
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], InternetChecksum.Finish(InternetChecksum.Sum(message, sum)));
        return FrameOffset + length;
    }
}
