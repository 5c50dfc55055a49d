using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>Where the fields of an IPv6 header are (RFC 8200 section 3), and how ours is filled in.</summary>
internal static class IPv6Header
{
    public const int PayloadLengthOffset = 4;
    public const int NextHeaderOffset = 6;
    public const int HopLimitOffset = 7;
    public const int SourceOffset = 8;
    public const int DestinationOffset = 24;

    /// <summary>Bytes of the fixed header.</summary>
    public const int Length = 40;

    /// <summary>Writes a header with flow label 0.</summary>
    public static void Write(Span<byte> packet, in PacketMetadata metadata, byte nextHeader, byte trafficClass, int payloadLength)
    {
        BinaryPrimitives.WriteUInt32BigEndian(packet, (6u << 28) | ((uint)trafficClass << 20));
        BinaryPrimitives.WriteUInt16BigEndian(packet[PayloadLengthOffset..], (ushort)payloadLength);
        packet[NextHeaderOffset] = nextHeader;
        packet[HopLimitOffset] = metadata.TimeToLive;
        metadata.Source.Write(packet[SourceOffset..]);
        metadata.Destination.Write(packet[DestinationOffset..]);
    }
}
