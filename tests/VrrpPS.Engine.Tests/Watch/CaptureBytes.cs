using System.Buffers.Binary;
using System.Text;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>Builds capture files by hand, from the formats' descriptions, independent of the readers and the writer.</summary>
internal sealed class CaptureBytes(bool bigEndian)
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] ToArray() => _bytes.ToArray();

    public CaptureBytes PcapHeader(bool nanoseconds, int linkType = 1, ushort major = 2)
        => U32(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4).U16(major).U16(4).U32(0).U32(0).U32(262144).U32((uint)linkType);

    public CaptureBytes PcapRecord(uint seconds, uint fraction, byte[] data, uint? length = null)
        => U32(seconds).U32(fraction).U32(length ?? (uint)data.Length).U32((uint)data.Length).Raw(data);

    public CaptureBytes Section(ushort major = 1) => Block(0x0A0D0D0A, b => b.U32(0x1A2B3C4D).U16(major).U16(0).U64(ulong.MaxValue));

    public CaptureBytes Interface(int linkType, string? name = null, byte? resolution = null, long? offset = null, uint snap = 0)
        => Block(1, b =>
        {
            b.U16((ushort)linkType).U16(0).U32(snap);
            if (name is not null)
            {
                b.Option(2, Encoding.UTF8.GetBytes(name));
            }

            if (resolution is { } exponent)
            {
                b.Option(9, [exponent]);
            }

            if (offset is { } seconds)
            {
                b.Option(14, new CaptureBytes(bigEndian).U64((ulong)seconds).ToArray());
            }

            b.U16(0).U16(0);
        });

    public CaptureBytes Enhanced(uint index, ulong time, byte[] data, uint? flags = null, uint? length = null)
        => Block(6, b =>
        {
            b.U32(index).U32((uint)(time >> 32)).U32((uint)time).U32(length ?? (uint)data.Length).U32((uint)data.Length).Raw(data).Pad();
            if (flags is { } word)
            {
                b.Option(2, new CaptureBytes(bigEndian).U32(word).ToArray()).U16(0).U16(0);
            }
        });

    public CaptureBytes Simple(byte[] data, uint? original = null) => Block(3, b => b.U32(original ?? (uint)data.Length).Raw(data).Pad());

    public CaptureBytes Block(uint type, Action<CaptureBytes> write, uint? length = null, uint? trailer = null)
    {
        var body = new CaptureBytes(bigEndian);
        write(body);
        uint total = length ?? (uint)body.Length + 12;
        return U32(type).U32(total).Raw(body.ToArray()).U32(trailer ?? total);
    }

    public CaptureBytes Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public CaptureBytes Pad()
    {
        while (_bytes.Count % 4 != 0)
        {
            _bytes.Add(0);
        }

        return this;
    }

    public CaptureBytes Option(ushort code, byte[] value) => U16(code).U16((ushort)value.Length).Raw(value).Pad();

    public CaptureBytes U16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return Raw(bytes);
    }

    public CaptureBytes U32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return Raw(bytes);
    }

    public CaptureBytes U64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return Raw(bytes);
    }
}
