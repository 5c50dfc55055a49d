using System.Buffers.Binary;

namespace VrrpPS.Tool.Lab;

/// <summary>The ICMP echo messages of the client's ping (RFC 792).</summary>
internal static class IcmpEcho
{
    /// <summary>Type, code, checksum, identifier, sequence number.</summary>
    public const int Length = 8;

    private const byte Request = 8;
    private const byte Reply = 0;

    /// <summary>Writes a request.</summary>
    public static void WriteRequest(Span<byte> message, ushort identifier, ushort sequence)
    {
        message[..Length].Clear();
        message[0] = Request;
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], sequence);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], Checksum(message[..Length]));
    }

    /// <summary>Reads a reply out of an IPv4 packet as a raw socket delivers it.</summary>
    public static bool TryReadReply(ReadOnlySpan<byte> packet, ushort identifier, out ushort sequence)
    {
        sequence = 0;
        var header = packet.Length > 0 ? (packet[0] & 0x0F) * 4 : 0;
        if (header < 20 || packet.Length < header + Length)
        {
            return false;
        }

        var message = packet[header..];
        if (message[0] != Reply || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != identifier)
        {
            return false;
        }

        sequence = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        return true;
    }

    // RFC 1071; the message has an even length.
    private static ushort Checksum(ReadOnlySpan<byte> message)
    {
        uint sum = 0;
        for (var i = 0; i < message.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(message[i..]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
