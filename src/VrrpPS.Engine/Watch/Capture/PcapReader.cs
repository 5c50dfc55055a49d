using System.Buffers.Binary;

namespace VrrpPS.Engine.Watch.Capture;

/// <summary>The classic pcap format, either byte order, micro- or nanoseconds.</summary>
internal sealed class PcapReader : CaptureReader
{
    public const uint MagicMicroseconds = 0xA1B2C3D4;
    public const uint MagicNanoseconds = 0xA1B23C4D;

    private const int FileHeaderRest = 20;
    private const int RecordHeader = 16;

    private readonly bool _bigEndian;
    private readonly bool _nanoseconds;
    private readonly CaptureLinkType _linkType;

    public PcapReader(CaptureSource source, bool bigEndian, bool nanoseconds)
        : base(source)
    {
        _bigEndian = bigEndian;
        _nanoseconds = nanoseconds;
        Span<byte> header = stackalloc byte[FileHeaderRest];
        source.ReadExact(header, "the file header");
        int major = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header) : BinaryPrimitives.ReadUInt16LittleEndian(header);
        if (major != 2)
        {
            throw source.Damaged(4, $"pcap version {major} is unknown; version 2 is read");
        }

        // The upper half of the word holds flags about a frame check sequence; it stands behind the IP packet and is cut with it.
        int linkType = (int)(UInt32(header[16..]) & 0xFFFF);
        if (!IsSupported(linkType))
        {
            throw UnsupportedLinkType(20, linkType);
        }

        _linkType = (CaptureLinkType)linkType;
    }

    private protected override bool ReadNext(out CapturePacket packet)
    {
        packet = default;
        long start = Source.Offset;
        Span<byte> header = stackalloc byte[RecordHeader];
        int read = Source.Fill(header);
        if (read == 0)
        {
            return false;
        }

        if (read < RecordHeader)
        {
            throw Source.Damaged(start, $"the file ends within a packet header: {RecordHeader} bytes are needed, {read} are there");
        }

        uint length = UInt32(header[8..]);
        if (length > MaxPacketLength)
        {
            throw Source.Damaged(start + 8, $"a packet of {length} bytes is announced, more than the {MaxPacketLength} any capture has");
        }

        long fraction = UInt32(header[4..]);
        packet = new CapturePacket
        {
            UnixNanoseconds = (UInt32(header) * 1_000_000_000L) + (_nanoseconds ? fraction : fraction * 1000),
            LinkType = _linkType,
            OriginalLength = UInt32(header[12..]),
            Data = Source.ReadBuffer((int)length, "a packet"),
            InterfaceName = string.Empty,
            Direction = AdvertDirection.Unknown,
        };
        return true;
    }

    private uint UInt32(ReadOnlySpan<byte> bytes)
        => _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
