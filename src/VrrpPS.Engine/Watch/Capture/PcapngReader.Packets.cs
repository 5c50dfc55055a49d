namespace VrrpPS.Engine.Watch.Capture;

/// <summary>The blocks that carry packets.</summary>
internal sealed partial class PcapngReader
{
    private bool ReadPacket(uint type, uint length, long start, out CapturePacket packet)
    {
        packet = default;
        if (length < 20)
        {
            throw Source.Damaged(start, "a packet block is shorter than its fixed part");
        }

        Span<byte> head = stackalloc byte[20];
        Source.ReadExact(head, "a packet block");
        uint index = type == PcapngBlock.ObsoletePacket ? UInt16(head) : UInt32(head);
        if (index >= _interfaces.Count)
        {
            throw Source.Damaged(start + 8, $"a packet names interface {index}, but the section describes {_interfaces.Count}");
        }

        uint captured = UInt32(head[12..]);
        uint padded = (captured + 3) & ~3U;
        if (captured > MaxPacketLength || padded > length - 20)
        {
            throw Source.Damaged(start + 20, $"a packet of {captured} bytes is announced in a block that has room for {length - 20}");
        }

        var from = _interfaces[(int)index];
        if (!IsSupported(from.LinkType))
        {
            _passedOver ??= (start, from.LinkType);
            Source.Skip(length - 20, "a packet");
            return false;
        }

        _lastTime = from.ToUnixNanoseconds(((ulong)UInt32(head[4..]) << 32) | UInt32(head[8..]));

        // One buffer holds data and options, because options say in which direction the packet went.
        uint optionBytes = length - 20 - padded;
        bool readOptions = optionBytes <= MaxOptionBytes;
        var body = Source.ReadBuffer((int)(padded + (readOptions ? optionBytes : 0)), "a packet");
        Source.Skip(readOptions ? 0 : optionBytes, "the options of a packet");
        packet = new CapturePacket
        {
            UnixNanoseconds = _lastTime,
            LinkType = (CaptureLinkType)from.LinkType,
            Data = body[..(int)captured],
            OriginalLength = UInt32(head[16..]),
            InterfaceName = from.Name,
            Direction = ReadDirection(body.Span[(int)padded..]),
        };
        return true;
    }

    private bool ReadSimplePacket(uint length, long start, out CapturePacket packet)
    {
        packet = default;
        if (length < 4 || _interfaces.Count == 0)
        {
            throw Source.Damaged(start, length < 4 ? "a packet block is shorter than its fixed part" : "a packet stands before any interface description");
        }

        Span<byte> head = stackalloc byte[4];
        Source.ReadExact(head, "a packet block");
        var from = _interfaces[0];
        uint original = UInt32(head);
        uint captured = Math.Min(original, length - 4);
        captured = from.SnapLength == 0 ? captured : Math.Min(captured, from.SnapLength);
        if (captured > MaxPacketLength)
        {
            throw Source.Damaged(start + 8, $"a packet of {captured} bytes is announced, more than the {MaxPacketLength} any capture has");
        }

        if (!IsSupported(from.LinkType))
        {
            _passedOver ??= (start, from.LinkType);
            Source.Skip(length - 4, "a packet");
            return false;
        }

        // Such a block has no time of its own; the last one known keeps the order.
        var data = Source.ReadBuffer((int)captured, "a packet");
        Source.Skip(length - 4 - captured, "a packet");
        packet = new CapturePacket
        {
            UnixNanoseconds = _lastTime,
            LinkType = (CaptureLinkType)from.LinkType,
            Data = data,
            OriginalLength = original,
            InterfaceName = from.Name,
            Direction = AdvertDirection.Unknown,
        };
        return true;
    }

    private AdvertDirection ReadDirection(ReadOnlySpan<byte> options)
    {
        while (NextOption(ref options, out int code, out var value))
        {
            if (code == PcapngBlock.OptionPacketFlags && value.Length >= 4)
            {
                return (UInt32(value) & 3) switch
                {
                    1 => AdvertDirection.Received,
                    2 => AdvertDirection.Sent,
                    _ => AdvertDirection.Unknown,
                };
            }
        }

        return AdvertDirection.Unknown;
    }
}
