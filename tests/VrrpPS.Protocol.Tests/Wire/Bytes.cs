using System.Buffers.Binary;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>Bytes for tests: hex text, captured vectors, poisoned buffers, and a checksum that shares no code with ours.</summary>
internal static class Bytes
{
    public const byte Poison = 0xA5;

    public static byte[] Hex(string text) => Convert.FromHexString(string.Concat(text.Where(c => !char.IsWhiteSpace(c))));

    /// <summary>A frame from Vectors/NAME.hex.</summary>
    public static byte[] Vector(string name)
    {
        using var stream = typeof(Bytes).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no vector '{name}'.", nameof(name));
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#'));
        return Hex(string.Concat(lines));
    }

    /// <summary>A buffer in which an unwritten byte shows.</summary>
    public static byte[] Poisoned(int length)
    {
        byte[] buffer = new byte[length];
        Array.Fill(buffer, Poison);
        return buffer;
    }

    /// <summary>RFC 1071 word by word, as slow and plain as it gets.</summary>
    public static ushort PlainChecksum(params byte[][] pieces)
    {
        byte[] data = [.. pieces.SelectMany(piece => piece)];
        uint sum = 0;
        for (int i = 0; i < data.Length; i += 2)
        {
            sum += (uint)((data[i] << 8) | (i + 1 < data.Length ? data[i + 1] : 0));
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    /// <summary>The message with the checksum field at an offset made right, a pseudo-header in front if given.</summary>
    public static byte[] WithChecksum(byte[] message, int offset, byte[]? pseudoHeader = null)
    {
        byte[] copy = [.. message];
        copy[offset] = copy[offset + 1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(offset), PlainChecksum(pseudoHeader ?? [], copy));
        return copy;
    }

    /// <summary>The bytes with one of them replaced.</summary>
    public static byte[] With(this byte[] bytes, int offset, byte value)
    {
        byte[] copy = [.. bytes];
        copy[offset] = value;
        return copy;
    }

    /// <summary>Writes the Ethernet header of an advertisement from <see cref="Samples.Mac"/> to its group.</summary>
    public static void FrameHeader(Span<byte> frame, bool v4)
    {
        var family = v4 ? AddressFamily.IPv4 : AddressFamily.IPv6;
        InetAddress.VrrpGroup(family).ToMulticastMac().Write(frame);
        Samples.Mac.Write(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], v4 ? (ushort)0x0800 : (ushort)0x86DD);
    }
}
