using System.Buffers.Binary;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>
/// Makes hostile frames from a seed without allocating: a frame of a corpus or one built from the grammar, then mutations, then
/// often the checksums made right again so that the checks behind them are reached.
/// </summary>
internal sealed class PacketFuzzer(int seed)
{
    public const int MaxLength = 1600;

    private static readonly byte[][] Corpus = MakeCorpus();
    private static readonly byte[] Interesting = [0, 1, 2, 3, 5, 0x10, 0x20, 0x21, 0x31, 0x40, 0x45, 0x46, 44, 51, 58, 60, 64, 112, 127, 128, 254, 255];

    private readonly Random _random = new(seed);
    private readonly byte[] _buffer = new byte[MaxLength];

    public ReadOnlySpan<byte> Next()
    {
        int length = _random.Next(4) == 0 ? Build() : Pick();
        int mutations = _random.Next(4);
        for (int i = 0; i < mutations && length > 0; i++)
        {
            length = Mutate(length);
        }

        if (_random.Next(4) != 0)
        {
            Reseal(length);
        }

        return _buffer.AsSpan(0, length);
    }

    private int Pick()
    {
        byte[] frame = Corpus[_random.Next(Corpus.Length)];
        frame.CopyTo(_buffer, 0);
        return frame.Length;
    }

    /// <summary>A frame by the rules of the layout, with random fields.</summary>
    private int Build()
    {
        bool v4 = _random.Next(2) == 0;
        int ip = v4 ? 20 : 40;
        bool version2 = v4 && _random.Next(2) == 0;
        int count = _random.Next(_random.Next(8) == 0 ? 90 : 4);
        int message = 8 + (count * (v4 ? 4 : 16)) + (version2 ? 8 : 0);
        int length = 14 + ip + message;
        _random.NextBytes(_buffer.AsSpan(0, length));
        Bytes.FrameHeader(_buffer, v4);
        var packet = _buffer.AsSpan(14);
        packet[..ip].Clear();
        if (v4)
        {
            packet[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(ip + message));
            packet[8] = 255;
            packet[9] = 112;
            _random.NextBytes(packet.Slice(12, 4));
            InetAddress.VrrpGroupV4.Write(packet[16..]);
        }
        else
        {
            packet[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)message);
            packet[6] = 112;
            packet[7] = 255;
            _random.NextBytes(packet.Slice(8, 16));
            InetAddress.VrrpGroupV6.Write(packet[24..]);
        }

        packet[ip] = version2 ? (byte)0x21 : (byte)0x31;
        packet[ip + 3] = (byte)count;
        if (version2)
        {
            packet[ip + 4] = (byte)_random.Next(4);
        }

        return length;
    }

    private int Mutate(int length)
    {
        int at = _random.Next(length);
        switch (_random.Next(8))
        {
            case 0:
                _buffer[at] ^= (byte)(1 << _random.Next(8));
                return length;
            case 1:
            case 2:
                _buffer[at] = Interesting[_random.Next(Interesting.Length)];
                return length;
            case 3:
                // Where the decisive fields are.
                _buffer[Math.Min(14 + _random.Next(50), length - 1)] = Interesting[_random.Next(Interesting.Length)];
                return length;
            case 4:
                return at;
            case 5:
                int more = Math.Min(_random.Next(64), MaxLength - length);
                _random.NextBytes(_buffer.AsSpan(length, more));
                return length + more;
            case 6:
                // The tail moves: lengths, counts and options no longer agree with the bytes.
                int shift = Math.Min(_random.Next(1, 9), MaxLength - length);
                _buffer.AsSpan(at, length - at).CopyTo(_buffer.AsSpan(at + shift));
                return length + shift;
            default:
                byte[] other = Corpus[_random.Next(Corpus.Length)];
                int part = Math.Min(other.Length, MaxLength - at);
                other.AsSpan(0, part).CopyTo(_buffer.AsSpan(at));
                return Math.Max(length, at + part);
        }
    }

    /// <summary>Makes the IP and message checksums right for whatever the bytes say now.</summary>
    private void Reseal(int length)
    {
        var frame = _buffer.AsSpan(0, length);
        if (length < 14 + 40)
        {
            return;
        }

        var packet = frame[14..];
        bool v4 = packet[0] >> 4 == 4;
        int ip = v4 ? Math.Max(20, (packet[0] & 15) * 4) : 40;
        int end = v4 ? BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) : 40 + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        if (v4 && ip <= packet.Length)
        {
            Seal(packet[..ip], 10, 0);
        }

        if (end > packet.Length || end < ip + 8)
        {
            return;
        }

        var source = InetAddress.Read(v4 ? packet.Slice(12, 4) : packet.Slice(8, 16));
        var destination = InetAddress.Read(v4 ? packet.Slice(16, 4) : packet.Slice(24, 16));
        byte protocol = v4 ? packet[9] : packet[6];
        if (protocol == ProtocolNumber.AuthenticationHeader || HmacTrailer.IsPresent(packet[ip..end], v4 ? AddressFamily.IPv4 : AddressFamily.IPv6))
        {
            return;
        }

        ulong covered = InternetChecksum.PseudoHeader(source, destination, protocol, end - ip);
        bool plain = v4 && (packet[ip] >> 4 == 2 || _random.Next(2) == 0);
        Seal(packet[ip..end], protocol == 58 ? 2 : 6, plain ? 0 : covered);
    }

    private static void Seal(Span<byte> data, int offset, ulong sum)
    {
        data.Slice(offset, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(data[offset..], InternetChecksum.Finish(InternetChecksum.Sum(data, sum)));
    }

    private static byte[][] MakeCorpus()
    {
        string[] captured =
        [
            "keepalived-v2", "keepalived-v2-leaving", "keepalived-pass", "keepalived-v3", "keepalived-v6",
            "keepalived-v6-leaving", "keepalived-v6global", "keepalived-garp", "keepalived-na", "keepalived-ah",
        ];
        byte[] probe = new byte[ArpFrame.Length];
        ArpFrame.WriteProbe(probe, Samples.Mac, Samples.Virtual);
        byte[] announcement = new byte[NeighborAdvertisementFrame.Length];
        NeighborAdvertisementFrame.WriteUnsolicited(announcement, Samples.Mac, Samples.Virtual6, Samples.Router6, isRouter: true);
        byte[] head = Bytes.Hex("01005e000012 020000000001 0800");
        byte[] tagged = Bytes.Hex("01005e000012 020000000001 8100 0007 0800");
        return
        [
            .. captured.Select(Bytes.Vector),
            probe,
            announcement,
            [.. head, .. Samples.V3Packet],
            [.. head, .. AuthenticationHeaderTests.ForeignSpi()],
            [.. head, .. HmacTrailerTests.SignedPacket()],
            [.. tagged, .. Samples.V3Packet],
            [.. Bytes.Hex("020000000003 020000000001 0800"), .. Samples.V3Packet],
        ];
    }
}
