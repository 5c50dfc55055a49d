using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>
/// A packet socket (packet(7)) in the network namespace of the thread that opened it: beside the IP stack, out of reach of
/// firewall rules. Non-blocking, for one thread. Needs CAP_NET_RAW.
/// </summary>
public sealed unsafe class PacketSocket : IDisposable
{
    private const int HighestPriority = 7;
    private const int PacketMrAllMulticast = 2;
    private const int ControlSize = 128;

    private readonly Descriptor _descriptor;

    private PacketSocket(Descriptor descriptor) => _descriptor = descriptor;

    /// <summary>The descriptor to poll for input.</summary>
    public int FileDescriptor => _descriptor.Number;

    /// <summary>
    /// Opens a receiving socket. The filter is attached before the socket is bound, so nothing unwanted is ever queued.
    /// </summary>
    /// <exception cref="KernelException">The kernel refused; EPERM without CAP_NET_RAW, ENODEV without the interface.</exception>
    public static PacketSocket OpenReceiver(PacketSocketOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int kind = options.IncludeLinkHeader ? SocketConstants.SOCK_RAW : SocketConstants.SOCK_DGRAM;
        var socket = Create(kind);
        try
        {
            int fd = socket.FileDescriptor;
            options.Filter?.Attach(fd);
            Set(fd, SocketConstants.SOL_PACKET, SocketConstants.PACKET_AUXDATA, 1, "ask for packet metadata");
            if (!options.IncludeOutgoing)
            {
                Set(fd, SocketConstants.SOL_PACKET, SocketConstants.PACKET_IGNORE_OUTGOING, 1, "ignore outgoing packets");
            }

            if (options.Timestamps)
            {
                Set(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_TIMESTAMPNS, 1, "ask for timestamps");
            }

            if (SocketNative.SetOption(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_RCVBUFFORCE, options.ReceiveBuffer) < 0)
            {
                Set(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_RCVBUF, options.ReceiveBuffer, "size a receive buffer");
            }

            var address = SockAddrLl.To(options.InterfaceIndex, options.EtherType);
            KernelException.ThrowIfFailed(SocketNative.Bind(fd, &address, SockAddrLl.Size), "bind a packet socket");
            if (options.AllMulticast && options.InterfaceIndex != 0)
            {
                JoinAllMulticast(fd, options.InterfaceIndex);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Opens a sending socket, which receives nothing. Frames leave with the highest priority (SO_PRIORITY 7).</summary>
    /// <exception cref="KernelException">The kernel refused; EPERM without CAP_NET_RAW.</exception>
    public static PacketSocket OpenSender()
    {
        var socket = Create(SocketConstants.SOCK_RAW);
        try
        {
            // 7 is beyond what an unprivileged process may ask for (0..6); 6 is the best that is left then.
            if (SocketNative.SetOption(socket.FileDescriptor, SocketConstants.SOL_SOCKET, SocketConstants.SO_PRIORITY, HighestPriority) < 0)
            {
                Set(socket.FileDescriptor, SocketConstants.SOL_SOCKET, SocketConstants.SO_PRIORITY, HighestPriority - 1, "set the priority");
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes one packet; false when there is none. A packet longer than the buffer is cut to it.</summary>
    /// <exception cref="KernelException">The socket failed; ENETDOWN when the interface went down (it works again when up).</exception>
    public bool Receive(Span<byte> buffer, out int length, out PacketMetadata metadata)
    {
        length = 0;
        metadata = default;
        SockAddrLl address;
        byte* control = stackalloc byte[ControlSize];
        fixed (byte* data = buffer)
        {
            var vector = new IoVec { Base = data, Length = (nuint)buffer.Length };
            var message = new MsgHdr
            {
                Name = &address,
                NameLength = SockAddrLl.Size,
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = ControlSize,
            };
            nint received;
            do
            {
                received = SocketNative.ReceiveMessage(_descriptor.Number, &message, SocketConstants.MSG_DONTWAIT | SocketConstants.MSG_TRUNC);
            }
            while (received < 0 && Errno.Last == Errno.EINTR);

            if (received < 0)
            {
                return Errno.Last == Errno.EAGAIN ? false : throw KernelException.Last("receive a packet");
            }

            length = (int)Math.Min(received, buffer.Length);
            metadata = PacketControl.Read(message, address, (int)received);
            return true;
        }
    }

    /// <summary>Takes as many packets as are there and fit the batch, with one system call; how many.</summary>
    /// <exception cref="KernelException">The socket failed; ENETDOWN when the interface went down (it works again when up).</exception>
    public int Receive(PacketReceiveBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Receive(_descriptor.Number);
    }

    /// <summary>Sends one complete Ethernet frame; whether the kernel took it.</summary>
    /// <param name="interfaceIndex">The interface to send through.</param>
    /// <param name="frame">The frame from the destination address to the end of the payload.</param>
    /// <param name="errorNumber">Otherwise the error: ENETDOWN, ENODEV, ENOBUFS, EMSGSIZE, EPERM.</param>
    public bool Send(int interfaceIndex, ReadOnlySpan<byte> frame, out int errorNumber)
    {
        var address = SockAddrLl.To(interfaceIndex, 0);
        fixed (byte* data = frame)
        {
            nint sent;
            do
            {
                sent = SocketNative.SendTo(
                    _descriptor.Number, data, (nuint)frame.Length, SocketConstants.MSG_DONTWAIT, &address, SockAddrLl.Size);
            }
            while (sent < 0 && Errno.Last == Errno.EINTR);

            errorNumber = sent < 0 ? Errno.Last : 0;
            return sent >= 0;
        }
    }

    /// <summary>Sends the frames of a batch with as few system calls as possible; how many the kernel refused.</summary>
    public int Send(PacketSendBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_descriptor.Number);
    }

    /// <summary>Puts another filter in place of the one it has, in one step: no packet passes between them.</summary>
    /// <exception cref="KernelException">The kernel refused; the old filter stays.</exception>
    public void Attach(BpfProgram filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        filter.Attach(_descriptor.Number);
    }

    /// <summary>
    /// How many packets have passed the filter since the last call, those included for which the receive buffer had no room.
    /// The kernel's counter has 32 bits and starts over with each call.
    /// </summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public long TakePacketCount()
    {
        // struct tpacket_stats: packets (drops among them), drops.
        uint* statistics = stackalloc uint[2];
        uint length = 2 * sizeof(uint);
        KernelException.ThrowIfFailed(
            SocketNative.GetOption(_descriptor.Number, SocketConstants.SOL_PACKET, SocketConstants.PACKET_STATISTICS, statistics, &length),
            "count packets");
        return statistics[0];
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    private static PacketSocket Create(int kind) => new(Descriptor.Own(
        SocketNative.Socket(SocketConstants.AF_PACKET, kind | SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC, 0),
        "open a packet socket"));

    private static void Set(int fd, int level, int name, int value, string operation)
        => KernelException.ThrowIfFailed(SocketNative.SetOption(fd, level, name, value), operation);

    private static void JoinAllMulticast(int fd, int interfaceIndex)
    {
        // struct packet_mreq: index, type, address length, address.
        byte* request = stackalloc byte[16];
        new Span<byte>(request, 16).Clear();
        MemoryMarshal.Write(new Span<byte>(request, 4), interfaceIndex);
        MemoryMarshal.Write(new Span<byte>(request + 4, 2), (ushort)PacketMrAllMulticast);
        KernelException.ThrowIfFailed(
            SocketNative.SetOption(fd, SocketConstants.SOL_PACKET, SocketConstants.PACKET_ADD_MEMBERSHIP, request, 16),
            "receive all multicast frames");
    }
}
