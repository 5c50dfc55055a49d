using System.Buffers.Binary;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// An ICMP echo message (RFC 792; RFC 4443 section 4 over IPv6) whose data is a 64-bit number, so that numbers never repeat.
/// </summary>
internal static class EchoMessage
{
    /// <summary>Header and number.</summary>
    public const int Length = 16;

    private const int IPv4HeaderLength = 20;
    private const byte Request = 8;
    private const byte Reply = 0;
    private const byte RequestV6 = 128;
    private const byte ReplyV6 = 129;

    /// <summary>Writes a request.</summary>
    /// <param name="message">Where to.</param>
    /// <param name="identifier">Tells one sender's messages from another's.</param>
    /// <param name="number">Which message.</param>
    /// <param name="ipv6">Whether it is for IPv6, where the kernel writes the checksum.</param>
    public static void WriteRequest(Span<byte> message, ushort identifier, long number, bool ipv6 = false)
    {
        message[..Length].Clear();
        message[0] = ipv6 ? RequestV6 : Request;
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

    /// <summary>Reads a reply as a raw socket delivers it: over IPv4 behind its header, over IPv6 alone.</summary>
    public static bool TryReadReply(ReadOnlySpan<byte> packet, ushort identifier, out long number, bool ipv6 = false)
    {
        number = -1;
        int header = ipv6 ? 0 : IPv4HeaderLength;
        if (packet.Length < header + Length || (!ipv6 && packet[0] != 0x45))
        {
            return false;
        }

        var message = packet[header..];
        if (message[0] != (ipv6 ? ReplyV6 : Reply) || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != identifier)
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt64BigEndian(message[8..]);
        return true;
    }
}
