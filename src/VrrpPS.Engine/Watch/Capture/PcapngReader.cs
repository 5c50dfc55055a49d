using System.Buffers.Binary;

namespace VrrpPS.Engine.Watch.Capture;

/// <summary>
/// The pcapng format: any number of sections, each with its own byte order and interfaces. Blocks and options that do not
/// matter here are skipped; interfaces of other link types are passed over.
/// </summary>
internal sealed partial class PcapngReader : CaptureReader
{
    private const int MaxInterfaces = 4096;
    private const int MaxOptionBytes = 65_536;
    private const int BlockOverhead = 12;

    private readonly List<PcapngInterface> _interfaces = [];
    private bool _bigEndian;
    private bool _delivered;
    private long _lastTime;
    private (long Offset, int LinkType)? _passedOver;

    /// <summary>The magic of the first section header has been read.</summary>
    public PcapngReader(CaptureSource source)
        : base(source) => ReadSectionHeader(0);

    private protected override bool ReadNext(out CapturePacket packet)
    {
        Span<byte> header = stackalloc byte[8];
        while (true)
        {
            packet = default;
            long start = Source.Offset;
            int read = Source.Fill(header[..4]);
            if (read == 0)
            {
                // A file in which nothing could be understood is not a quiet network.
                return !_delivered && _passedOver is { } passed ? throw UnsupportedLinkType(passed.Offset, passed.LinkType) : false;
            }

            if (read < 4)
            {
                throw Source.Damaged(start, "the file ends within a block header");
            }

            uint type = UInt32(header);
            if (type == PcapngBlock.SectionHeader)
            {
                ReadSectionHeader(start);
                continue;
            }

            Source.ReadExact(header[4..], "a block header");
            uint length = UInt32(header[4..]);
            if (length < BlockOverhead || length % 4 != 0)
            {
                throw Source.Damaged(start + 4, $"a block of {length} bytes is announced, which no block can have");
            }

            bool isPacket = ReadBody(type, length - BlockOverhead, start, out packet);
            Source.ReadExact(header[..4], "the end of a block");
            if (UInt32(header) != length)
            {
                throw Source.Damaged(start, $"a block begins with length {length} and ends with length {UInt32(header)}");
            }

            if (isPacket)
            {
                _delivered = true;
                return true;
            }
        }
    }

    private bool ReadBody(uint type, uint length, long start, out CapturePacket packet)
    {
        packet = default;
        switch (type)
        {
            case PcapngBlock.InterfaceDescription:
                ReadInterface(length, start);
                return false;
            case PcapngBlock.EnhancedPacket:
            case PcapngBlock.ObsoletePacket:
                return ReadPacket(type, length, start, out packet);
            case PcapngBlock.SimplePacket:
                return ReadSimplePacket(length, start, out packet);
            default:
                Source.Skip(length, "a block");
                return false;
        }
    }

    private void ReadSectionHeader(long start)
    {
        Span<byte> rest = stackalloc byte[20];
        Source.ReadExact(rest, "a section header");
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        _bigEndian = magic switch
        {
            PcapngBlock.ByteOrderMagic => false,
            _ when BinaryPrimitives.ReverseEndianness(magic) == PcapngBlock.ByteOrderMagic => true,
            _ => throw Source.Damaged(start + 8, "the byte-order mark of the section is neither of the two possible ones"),
        };
        int major = _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(rest[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(rest[8..]);
        if (major != 1)
        {
            throw Source.Damaged(start + 12, $"pcapng version {major} is unknown; version 1 is read");
        }

        uint length = UInt32(rest);
        if (length < 28 || length % 4 != 0)
        {
            throw Source.Damaged(start + 4, $"a section header of {length} bytes is announced, which none can have");
        }

        Source.Skip(length - 28, "a section header");
        Span<byte> trailer = rest[..4];
        Source.ReadExact(trailer, "the end of a section header");
        if (UInt32(trailer) != length)
        {
            throw Source.Damaged(start, $"a section header begins with length {length} and ends with length {UInt32(trailer)}");
        }

        _interfaces.Clear();
    }

    private void ReadInterface(uint length, long start)
    {
        if (length < 8)
        {
            throw Source.Damaged(start, "an interface description is shorter than its fixed part");
        }

        if (_interfaces.Count == MaxInterfaces)
        {
            throw Source.Damaged(start, $"one section has more than {MaxInterfaces} interfaces");
        }

        Span<byte> head = stackalloc byte[8];
        Source.ReadExact(head, "an interface description");
        string name = string.Empty;
        byte resolution = PcapngInterface.DefaultResolution;
        long offset = 0;
        var options = ReadOptions(length - 8);
        while (NextOption(ref options, out int code, out var value))
        {
            switch (code)
            {
                case PcapngBlock.OptionInterfaceName:
                    name = PcapngInterface.CleanName(value);
                    break;
                case PcapngBlock.OptionTimeResolution when value.Length >= 1:
                    resolution = value[0];
                    break;
                case PcapngBlock.OptionTimeOffset when value.Length >= 8:
                    offset = _bigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value);
                    break;
                default:
                    break;
            }
        }

        _interfaces.Add(new PcapngInterface(UInt16(head), UInt32(head[4..]), name, resolution, offset));
    }

    private ReadOnlySpan<byte> ReadOptions(uint length)
    {
        int take = (int)Math.Min(length, MaxOptionBytes);
        var bytes = Source.ReadBuffer(take, "the options of an interface");
        Source.Skip(length - take, "the options of an interface");
        return bytes.Span;
    }

    private bool NextOption(ref ReadOnlySpan<byte> options, out int code, out ReadOnlySpan<byte> value)
    {
        value = default;
        code = PcapngBlock.OptionEnd;
        if (options.Length < 4)
        {
            return false;
        }

        code = UInt16(options);
        int length = UInt16(options[2..]);
        int padded = (length + 3) & ~3;
        if (code == PcapngBlock.OptionEnd || padded > options.Length - 4)
        {
            // Options only add detail; a damaged one ends them, the block's own length keeps the reader in step.
            return false;
        }

        value = options.Slice(4, length);
        options = options[(4 + padded)..];
        return true;
    }

    private ushort UInt16(ReadOnlySpan<byte> bytes)
        => _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint UInt32(ReadOnlySpan<byte> bytes)
        => _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
