using System.Buffers.Binary;

namespace VrrpPS.Bench.Measure;

/// <summary>An ICMP echo message (RFC 792) whose data is a 64-bit number, so that numbers never repeat.</summary>
internal static class EchoMessage
{
    /// <summary>Header and number.</summary>
    public const int Length = 16;

    private const int IPv4HeaderLength = 20;
    private const byte Request = 8;
    private const byte Reply = 0;

    /// <summary>Writes a request.</summary>
    public static void WriteRequest(Span<byte> message, ushort identifier, long number)
    {
        message[..Length].Clear();
        message[0] = Request;
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], (ushort)number);
        BinaryPrimitives.WriteInt64BigEndian(message[8..], number);
        uint sum = 0;
        for (int i = 0; i < Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(message[i..]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        sum += sum >> 16;
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)~sum);
    }

    /// <summary>Reads a reply as a raw socket delivers it, behind its IPv4 header.</summary>
    public static bool TryReadReply(ReadOnlySpan<byte> packet, ushort identifier, out long number)
    {
        number = -1;
        if (packet.Length < IPv4HeaderLength + Length || packet[0] != 0x45)
        {
            return false;
        }

        var message = packet[IPv4HeaderLength..];
        if (message[0] != Reply || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != identifier)
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt64BigEndian(message[8..]);
        return true;
    }
}
