using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>Where the fields of an IPv4 header are (RFC 791 section 3.1), and how ours is filled in.</summary>
internal static class IPv4Header
{
    public const int TypeOfServiceOffset = 1;
    public const int TotalLengthOffset = 2;
    public const int IdentificationOffset = 4;
    public const int FragmentOffset = 6;
    public const int TimeToLiveOffset = 8;
    public const int ProtocolOffset = 9;
    public const int ChecksumOffset = 10;
    public const int SourceOffset = 12;
    public const int DestinationOffset = 16;

    /// <summary>Bytes of a header without options.</summary>
    public const int Length = 20;

    /// <summary>The bits that make a packet a fragment: more fragments, or an offset.</summary>
    public const ushort FragmentMask = 0x3FFF;

    private const ushort DontFragment = 0x4000;
    private const byte VersionAndHeaderLength = 0x45;

    /// <summary>
    /// Writes a header. Identification is 0 because DF is set: such a packet is atomic and its identification means
    /// nothing (RFC 6864 section 4.1).
    /// </summary>
    public static void Write(Span<byte> packet, in PacketMetadata metadata, byte protocol, byte typeOfService, int payloadLength)
    {
        packet[0] = VersionAndHeaderLength;
        packet[TypeOfServiceOffset] = typeOfService;
        BinaryPrimitives.WriteUInt16BigEndian(packet[TotalLengthOffset..], (ushort)(Length + payloadLength));
        BinaryPrimitives.WriteUInt16BigEndian(packet[IdentificationOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(packet[FragmentOffset..], DontFragment);
        packet[TimeToLiveOffset] = metadata.TimeToLive;
        packet[ProtocolOffset] = protocol;
        metadata.Source.Write(packet[SourceOffset..]);
        metadata.Destination.Write(packet[DestinationOffset..]);
        WriteChecksum(packet);
    }

    /// <summary>Computes the checksum of a header without options.</summary>
    public static void WriteChecksum(Span<byte> packet)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet[ChecksumOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(packet[ChecksumOffset..], InternetChecksum.Compute(packet[..Length]));
    }
}
