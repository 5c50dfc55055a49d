using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>Buffers for many packets, taken with one system call (recvmmsg) and used again and again.</summary>
public sealed unsafe class PacketReceiveBatch
{
    private const int ControlSize = 128;

    private readonly int _packetSize;
    private readonly byte[] _data;
    private readonly byte[] _control;
    private readonly MMsgHdr[] _messages;
    private readonly IoVec[] _vectors;
    private readonly SockAddrLl[] _addresses;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">The most packets per call, 1..1024.</param>
    /// <param name="packetSize">The most bytes per packet; longer ones are cut.</param>
    public PacketReceiveBatch(int capacity = 32, int packetSize = 2048)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(packetSize, 64);
        Capacity = capacity;
        _packetSize = packetSize;
        _data = GC.AllocateArray<byte>(capacity * packetSize, pinned: true);
        _control = GC.AllocateArray<byte>(capacity * ControlSize, pinned: true);
        _messages = GC.AllocateArray<MMsgHdr>(capacity, pinned: true);
        _vectors = GC.AllocateArray<IoVec>(capacity, pinned: true);
        _addresses = GC.AllocateArray<SockAddrLl>(capacity, pinned: true);
        Prepare();
    }

    /// <summary>The most packets per call.</summary>
    public int Capacity { get; }

    /// <summary>The number of packets of the last call.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of a packet of the last call; valid until the next.</summary>
    public ReadOnlySpan<byte> Data(int index)
        => _data.AsSpan(index * _packetSize, (int)Math.Min(_messages[index].Length, (uint)_packetSize));

    /// <summary>What the kernel tells about a packet of the last call.</summary>
    public PacketMetadata Metadata(int index)
        => PacketControl.Read(_messages[index].Header, _addresses[index], (int)_messages[index].Length);

    internal int Receive(int socket)
    {
        Restore();
        int received;
        fixed (MMsgHdr* messages = _messages)
        {
            do
            {
                received = SocketNative.ReceiveMessages(
                    socket, messages, (uint)Capacity, SocketConstants.MSG_DONTWAIT | SocketConstants.MSG_TRUNC, null);
            }
            while (received < 0 && Errno.Last == Errno.EINTR);
        }

        if (received < 0)
        {
            return Errno.Last == Errno.EAGAIN ? 0 : throw KernelException.Last("receive packets");
        }

        Count = received;
        return received;
    }

    /// <summary>The kernel has written lengths and flags into the headers it used; the others are as they were.</summary>
    private void Restore()
    {
        foreach (ref var message in _messages.AsSpan(0, Count))
        {
            message.Header.NameLength = SockAddrLl.Size;
            message.Header.ControlLength = ControlSize;
            message.Header.Flags = 0;
            message.Length = 0;
        }

        Count = 0;
    }

    private void Prepare()
    {
        // The arrays are pinned for life, so that the pointers stay right.
        fixed (byte* data = _data, control = _control)
        fixed (IoVec* vectors = _vectors)
        fixed (SockAddrLl* addresses = _addresses)
        {
            for (int i = 0; i < _messages.Length; i++)
            {
                vectors[i] = new IoVec { Base = data + (i * _packetSize), Length = (nuint)_packetSize };
                _messages[i] = new MMsgHdr
                {
                    Header = new MsgHdr
                    {
                        Name = addresses + i,
                        NameLength = SockAddrLl.Size,
                        Vectors = vectors + i,
                        VectorCount = 1,
                        Control = control + (i * ControlSize),
                        ControlLength = ControlSize,
                    },
                };
            }
        }
    }
}
