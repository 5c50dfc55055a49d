using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>
/// Writes netlink messages, one after the other, into one reusable buffer. What does not fit makes the writer
/// <see cref="Failed"/> and is dropped, like everything after it: callers write without checks and ask once, at the end.
/// </summary>
internal sealed class NetlinkMessageWriter
{
    public const int HeaderLength = 16;
    public const int DefaultCapacity = 32 * 1024;
    private const int Alignment = 4;

    private readonly byte[] _buffer;
    private int _length;
    private int _messageStart = -1;

    /// <summary>Makes a writer for so many bytes.</summary>
    public NetlinkMessageWriter(int capacity = DefaultCapacity) => _buffer = GC.AllocateArray<byte>(capacity, pinned: true);

    /// <summary>Whether something did not fit.</summary>
    public bool Failed { get; private set; }

    /// <summary>The complete messages.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets everything written.</summary>
    public void Reset()
    {
        _length = 0;
        _messageStart = -1;
        Failed = false;
    }

    /// <summary>Starts a message.</summary>
    public void Begin(ushort type, ushort flags, uint sequence)
    {
        _messageStart = _length;
        var header = Take(HeaderLength);
        if (header.IsEmpty)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], type);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], flags);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], sequence);
    }

    /// <summary>Ends the message: its length becomes known.</summary>
    public void End()
    {
        if (!Failed)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_messageStart), _length - _messageStart);
        }
    }

    /// <summary>Writes a fixed structure (ifinfomsg, ifaddrmsg, rtmsg).</summary>
    public void Structure<T>(in T value)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        var space = Take(size);
        if (!space.IsEmpty)
        {
            MemoryMarshal.Write(space, value);
        }
    }

    /// <summary>Writes an attribute.</summary>
    public void Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        var space = Take(4 + value.Length);
        if (space.IsEmpty)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(space, (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(space[2..], type);
        value.CopyTo(space[4..]);
    }

    /// <summary>Writes an attribute of one byte.</summary>
    public void Attribute(ushort type, byte value) => Attribute(type, new ReadOnlySpan<byte>(in value));

    /// <summary>Writes an attribute of 32 bits in host order.</summary>
    public void Attribute(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Attribute(type, bytes);
    }

    /// <summary>Writes an attribute of 32 bits in network order.</summary>
    public void BigEndian(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        Attribute(type, bytes);
    }

    /// <summary>Writes an IP address attribute.</summary>
    public void Attribute(ushort type, InetAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        Attribute(type, bytes[..address.Write(bytes)]);
    }

    /// <summary>Writes a zero-terminated text attribute.</summary>
    public void Attribute(ushort type, string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(text, bytes[..^1], out int written))
        {
            Failed = true;
            return;
        }

        bytes[written] = 0;
        Attribute(type, bytes[..(written + 1)]);
    }

    /// <summary>Starts an attribute that holds attributes; the result belongs to <see cref="EndNested"/>.</summary>
    public int BeginNested(ushort type)
    {
        int start = _length;
        Attribute((ushort)(type | NetlinkNumbers.NLA_F_NESTED), []);
        return start;
    }

    /// <summary>Starts a structure that attributes follow and whose first field is the length of all; the result belongs to <see cref="EndNested"/>.</summary>
    public int BeginStructure<T>(in T value)
        where T : unmanaged
    {
        int start = _length;
        Structure(value);
        return start;
    }

    /// <summary>Ends a nested attribute or structure.</summary>
    public void EndNested(int start)
    {
        if (!Failed)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(start), (ushort)(_length - start));
        }
    }

    private Span<byte> Take(int count)
    {
        int padded = (count + Alignment - 1) & ~(Alignment - 1);
        if (Failed || _length + padded > _buffer.Length)
        {
            Failed = true;
            return default;
        }

        var space = _buffer.AsSpan(_length, padded);
        space.Clear();
        _length += padded;
        return space[..count];
    }
}
