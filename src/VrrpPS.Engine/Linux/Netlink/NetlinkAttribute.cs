using System.Buffers.Binary;
using System.Text;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>One received attribute.</summary>
internal readonly ref struct NetlinkAttribute
{
    private NetlinkAttribute(ushort type, ReadOnlySpan<byte> value)
    {
        Type = type;
        Value = value;
    }

    /// <summary>The type without the nested and byte-order flags.</summary>
    public ushort Type { get; }

    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The value as a number in host order; 0 when it is too short.</summary>
    public uint AsUInt32 => Value.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(Value) : 0;

    /// <summary>The first byte; 0 when there is none.</summary>
    public byte AsByte => Value.IsEmpty ? (byte)0 : Value[0];

    /// <summary>The value as an address; <c>default</c> when it has another length.</summary>
    public InetAddress AsAddress => Value.Length is 4 or 16 ? InetAddress.Read(Value) : default;

    /// <summary>The value as an Ethernet address; <c>default</c> when it has another length.</summary>
    public MacAddress AsMac => Value.Length == MacAddress.Length ? MacAddress.Read(Value) : default;

    /// <summary>The bytes before the terminating zero.</summary>
    public ReadOnlySpan<byte> AsTextBytes
    {
        get
        {
            int end = Value.IndexOf((byte)0);
            return end < 0 ? Value : Value[..end];
        }
    }

    /// <summary>The value as text.</summary>
    public string AsText => Encoding.UTF8.GetString(AsTextBytes);

    /// <summary>Takes the next attribute off the front; false at the end or when the rest is malformed.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out NetlinkAttribute attribute)
    {
        attribute = default;
        if (bytes.Length < 4)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (length < 4 || length > bytes.Length)
        {
            return false;
        }

        ushort type = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) & NetlinkNumbers.NLA_TYPE_MASK);
        attribute = new NetlinkAttribute(type, bytes[4..length]);
        bytes = bytes[Math.Min((length + 3) & ~3, bytes.Length)..];
        return true;
    }
}
