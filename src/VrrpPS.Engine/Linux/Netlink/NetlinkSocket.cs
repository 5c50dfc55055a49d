using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>A netlink socket in the calling thread's network namespace.</summary>
internal sealed unsafe class NetlinkSocket : INetlinkTransport
{
    private const int MessageTruncated = SocketConstants.MSG_TRUNC;
    private readonly Descriptor _descriptor;

    /// <summary>Opens a socket with extended acknowledgements and strict checking.</summary>
    /// <param name="nonBlocking">Whether receiving returns instead of waiting.</param>
    /// <param name="protocol">NETLINK_ROUTE or NETLINK_NETFILTER.</param>
    public NetlinkSocket(bool nonBlocking = false, int protocol = SocketConstants.NETLINK_ROUTE)
    {
        int type = SocketConstants.SOCK_RAW | SocketConstants.SOCK_CLOEXEC | (nonBlocking ? SocketConstants.SOCK_NONBLOCK : 0);
        _descriptor = Descriptor.Own(
            SocketNative.Socket(SocketConstants.AF_NETLINK, type, protocol), "open a netlink socket");
        byte* address = stackalloc byte[12];
        new Span<byte>(address, 12).Clear();
        *(ushort*)address = SocketConstants.AF_NETLINK;
        KernelException.ThrowIfFailed(SocketNative.Bind(_descriptor.Number, address, 12), "bind a netlink socket");

        // All three exist since 4.20; where one does not, only the wording of errors and the size of dumps suffer.
        _ = SocketNative.SetOption(_descriptor.Number, SocketConstants.SOL_NETLINK, SocketConstants.NETLINK_EXT_ACK, 1);
        _ = SocketNative.SetOption(_descriptor.Number, SocketConstants.SOL_NETLINK, SocketConstants.NETLINK_CAP_ACK, 1);
        _ = SocketNative.SetOption(_descriptor.Number, SocketConstants.SOL_NETLINK, SocketConstants.NETLINK_GET_STRICT_CHK, 1);
    }

    /// <summary>The descriptor to poll for input.</summary>
    public int FileDescriptor => _descriptor.Number;

    /// <summary>The number that the kernel has given the socket; no other one of its protocol and namespace has it.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public uint Port
    {
        get
        {
            byte* address = stackalloc byte[12];
            uint length = 12;
            KernelException.ThrowIfFailed(SocketNative.GetName(_descriptor.Number, address, &length), "ask for the number of a netlink socket");
            return *(uint*)(address + 4);
        }
    }

    /// <summary>Subscribes to a multicast group.</summary>
    public void Join(int group) => KernelException.ThrowIfFailed(
        SocketNative.SetOption(_descriptor.Number, SocketConstants.SOL_NETLINK, SocketConstants.NETLINK_ADD_MEMBERSHIP, group),
        "subscribe to netlink events");

    /// <summary>Asks for a receive buffer; beyond the system's limit only with CAP_NET_ADMIN.</summary>
    public void SetReceiveBuffer(int bytes)
    {
        if (SocketNative.SetOption(_descriptor.Number, SocketConstants.SOL_SOCKET, SocketConstants.SO_RCVBUFFORCE, bytes) < 0)
        {
            _ = SocketNative.SetOption(_descriptor.Number, SocketConstants.SOL_SOCKET, SocketConstants.SO_RCVBUF, bytes);
        }
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        fixed (byte* bytes = datagram)
        {
            if (SocketNative.Send(_descriptor.Number, bytes, (nuint)datagram.Length, 0) < 0)
            {
                throw KernelException.Last("send a netlink request");
            }
        }
    }

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer)
    {
        while (true)
        {
            int received = TryReceive(buffer, out int errno);
            if (received >= 0)
            {
                return received;
            }

            if (errno != Errno.EINTR)
            {
                throw new KernelException("receive a netlink reply", errno);
            }
        }
    }

    /// <summary>Receives once; -1 and the error number when there is nothing.</summary>
    public int TryReceive(Span<byte> buffer, out int errno)
    {
        errno = 0;
        ref byte start = ref MemoryMarshal.GetReference(buffer);
        fixed (byte* bytes = &start)
        {
            nint received = SocketNative.Receive(_descriptor.Number, bytes, (nuint)buffer.Length, MessageTruncated);
            if (received < 0)
            {
                errno = Errno.Last;
                return -1;
            }

            if (received > buffer.Length)
            {
                errno = Errno.EMSGSIZE;
                return -1;
            }

            return (int)received;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
