using System.Buffers.Binary;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>One received message: the header's fields and the payload.</summary>
internal readonly ref struct NetlinkMessage
{
    private NetlinkMessage(ReadOnlySpan<byte> bytes)
    {
        Type = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        Flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        Sequence = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        Payload = bytes[NetlinkMessageWriter.HeaderLength..];
    }

    public ushort Type { get; }

    public ushort Flags { get; }

    public uint Sequence { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Takes the next message off the front of a datagram; false at its end or when the rest is malformed.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> datagram, out NetlinkMessage message)
    {
        message = default;
        if (datagram.Length < NetlinkMessageWriter.HeaderLength)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(datagram);
        if (length < NetlinkMessageWriter.HeaderLength || length > datagram.Length)
        {
            return false;
        }

        message = new NetlinkMessage(datagram[..length]);
        datagram = datagram[Math.Min((length + 3) & ~3, datagram.Length)..];
        return true;
    }
}
