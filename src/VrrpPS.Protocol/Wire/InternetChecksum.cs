using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VrrpPS.Protocol.Wire;

/// <summary>
/// The one's complement checksum of RFC 1071. A running sum is opaque (its byte order is the machine's) and made final by
/// <see cref="Finish"/>; pieces are chained by passing the sum on, and every piece but the last has an even length.
/// </summary>
public static class InternetChecksum
{
    private const int MaxPseudoHeaderLength = 40;

    /// <summary>Adds bytes to a running sum.</summary>
    /// <param name="data">The bytes; an odd last byte is padded with zero.</param>
    /// <param name="sum">The running sum so far.</param>
    public static ulong Sum(ReadOnlySpan<byte> data, ulong sum = 0)
    {
        // RFC 1071 section 2: the sum may be taken in words of any width and in either byte order.
        foreach (uint word in MemoryMarshal.Cast<byte, uint>(data))
        {
            sum += word;
        }

        data = data[(data.Length & ~3)..];
        if (data.Length >= 2)
        {
            sum += MemoryMarshal.Read<ushort>(data);
            data = data[2..];
        }

        if (data.Length == 1)
        {
            sum += BitConverter.IsLittleEndian ? data[0] : (uint)data[0] << 8;
        }

        return sum;
    }

    /// <summary>
    /// The running sum of a pseudo-header: for IPv6 RFC 8200 section 8.1, for IPv4 source, destination, zero, protocol and
    /// length as in RFC 9293.
    /// </summary>
    /// <param name="source">The packet's source address.</param>
    /// <param name="destination">The packet's destination address, of the same family.</param>
    /// <param name="protocol">The IP protocol number.</param>
    /// <param name="length">The length of the message that follows, in bytes.</param>
    public static ulong PseudoHeader(InetAddress source, InetAddress destination, byte protocol, int length)
    {
        Span<byte> header = stackalloc byte[MaxPseudoHeaderLength];
        int offset = source.Write(header);
        offset += destination.Write(header[offset..]);
        if (source.Family == AddressFamily.IPv4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[offset..], protocol);
            BinaryPrimitives.WriteUInt16BigEndian(header[(offset + 2)..], (ushort)length);
            offset += 4;
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(header[offset..], (uint)length);
            BinaryPrimitives.WriteUInt32BigEndian(header[(offset + 4)..], protocol);
            offset += 8;
        }

        return Sum(header[..offset]);
    }

    /// <summary>The checksum of what was summed, as it is written in network order.</summary>
    public static ushort Finish(ulong sum) => (ushort)~Fold(sum);

    /// <summary>The checksum of one piece.</summary>
    public static ushort Compute(ReadOnlySpan<byte> data) => Finish(Sum(data));

    /// <summary>Whether data that includes its own checksum adds up.</summary>
    public static bool IsValid(ulong sum) => Fold(sum) == 0xFFFF;

    /// <summary>The checksum after one aligned 16-bit word of the data changed (RFC 1624, equation 3).</summary>
    /// <param name="checksum">The checksum before.</param>
    /// <param name="before">The word before, in host order.</param>
    /// <param name="after">The word after, in host order.</param>
    public static ushort Update(ushort checksum, ushort before, ushort after)
    {
        uint sum = (uint)(ushort)~checksum + (ushort)~before + after;
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    private static ushort Fold(ulong sum)
    {
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        ushort folded = (ushort)sum;
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(folded) : folded;
    }
}
