using System.Buffers;
using System.Buffers.Binary;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// The named Unix sockets of the calling thread's network namespace, as the kernel's diagnosis of sockets tells them (sock_diag(7)): each
/// name with its length. In /proc/net/unix one with line ends in it would look like several, of whatever process it likes.
/// </summary>
internal static class UnixSocketTable
{
    private const ushort SockDiagByFamily = 20;
    private const ushort NameAttribute = 0;
    private const uint ShowName = 1;

    /// <summary>Where the inode is in struct unix_diag_msg, and how long that is.</summary>
    private const int InodeOffset = 4, MessageLength = 16;

    /// <summary>struct unix_diag_req: family, protocol, padding, states, inode, what to show, and a cookie of two numbers.</summary>
    private const int RequestLength = 24;

    /// <summary>The kernel puts at most 8 KB into a datagram of a dump whose reader has no more room.</summary>
    private const int BufferSize = 8 * 1024;

    /// <summary>Takes one socket: its address after the family, which begins with a zero for an abstract name, and its inode, 0 for a connection nobody accepted yet.</summary>
    public delegate void Handler(ReadOnlySpan<byte> name, uint inode);

    /// <summary>Reads it; false where the kernel has no such diagnosis.</summary>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public static bool TryRead(Handler handler)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var socket = new NetlinkSocket(protocol: SocketConstants.NETLINK_SOCK_DIAG);
            socket.Send(Request(stackalloc byte[NetlinkMessageWriter.HeaderLength + RequestLength]));
            while (true)
            {
                ReadOnlySpan<byte> datagram = buffer.AsSpan(0, socket.Receive(buffer));
                while (NetlinkMessage.TryRead(ref datagram, out var message))
                {
                    switch (message.Type)
                    {
                        case NetlinkNumbers.NLMSG_DONE:
                            return true;
                        case NetlinkNumbers.NLMSG_ERROR:
                            int error = -BinaryPrimitives.ReadInt32LittleEndian(message.Payload);
                            return error == Errno.ENOENT ? false : throw new KernelException("list the Unix sockets", error);
                        default:
                            Take(message.Payload, handler);
                            break;
                    }
                }
            }
        }
        catch (KernelException exception) when (exception.ErrorNumber == Errno.EPROTONOSUPPORT)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Span<byte> Request(Span<byte> bytes)
    {
        bytes.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], SockDiagByFamily);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], NetlinkNumbers.NLM_F_REQUEST | NetlinkNumbers.NLM_F_DUMP);
        var request = bytes[NetlinkMessageWriter.HeaderLength..];
        request[0] = SocketConstants.AF_UNIX;
        const uint everyState = uint.MaxValue;
        BinaryPrimitives.WriteUInt32LittleEndian(request[4..], everyState);
        BinaryPrimitives.WriteUInt32LittleEndian(request[12..], ShowName);
        return bytes;
    }

    private static void Take(ReadOnlySpan<byte> payload, Handler handler)
    {
        if (payload.Length < MessageLength)
        {
            return;
        }

        uint inode = BinaryPrimitives.ReadUInt32LittleEndian(payload[InodeOffset..]);
        var attributes = payload[MessageLength..];
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            if (attribute.Type == NameAttribute)
            {
                handler(attribute.Value, inode);
            }
        }
    }
}
