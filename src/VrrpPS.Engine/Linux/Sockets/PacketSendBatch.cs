using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>
/// Frames that leave with one system call (sendmmsg). A refused frame does not hold back those behind it. Reusable; copies
/// the frames into buffers of its own.
/// </summary>
public sealed unsafe class PacketSendBatch
{
    private readonly int _frameSize;
    private readonly byte[] _data;
    private readonly MMsgHdr[] _messages;
    private readonly IoVec[] _vectors;
    private readonly SockAddrLl[] _addresses;
    private readonly int[] _errors;
    private readonly bool[] _skipped;
    private int _used;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">The most frames per batch, 1..1024. A peer's receive buffer is small: 32 by default.</param>
    /// <param name="frameSize">The most bytes per frame.</param>
    public PacketSendBatch(int capacity = 32, int frameSize = 4608)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameSize, 64);
        Capacity = capacity;
        _frameSize = frameSize;
        _data = GC.AllocateArray<byte>(capacity * frameSize, pinned: true);
        _messages = GC.AllocateArray<MMsgHdr>(capacity, pinned: true);
        _vectors = GC.AllocateArray<IoVec>(capacity, pinned: true);
        _addresses = GC.AllocateArray<SockAddrLl>(capacity, pinned: true);
        _errors = new int[capacity];
        _skipped = new bool[capacity];
        fixed (MMsgHdr* messages = _messages)
        fixed (IoVec* vectors = _vectors)
        fixed (SockAddrLl* addresses = _addresses)
        {
            for (int i = 0; i < capacity; i++)
            {
                messages[i].Header = new MsgHdr
                {
                    Name = addresses + i,
                    NameLength = SockAddrLl.Size,
                    Vectors = vectors + i,
                    VectorCount = 1,
                };
            }
        }
    }

    /// <summary>The most frames per batch.</summary>
    public int Capacity { get; }

    /// <summary>The number of frames added.</summary>
    public int Count { get; private set; }

    /// <summary>Whether nothing more fits.</summary>
    public bool IsFull => Count == Capacity;

    /// <summary>Forgets the frames.</summary>
    public void Clear() => (Count, _used) = (0, 0);

    /// <summary>Adds a complete Ethernet frame; false when the batch is full.</summary>
    /// <exception cref="ArgumentException">The frame is longer than the batch was made for.</exception>
    public bool TryAdd(int interfaceIndex, ReadOnlySpan<byte> frame)
    {
        if (IsFull)
        {
            return false;
        }

        if (frame.Length > _frameSize)
        {
            throw new ArgumentException($"A frame of {frame.Length} bytes does not fit a batch made for {_frameSize}.", nameof(frame));
        }

        int index = Count++;
        _skipped[index] = false;
        frame.CopyTo(_data.AsSpan(_used));
        _addresses[index] = SockAddrLl.To(interfaceIndex, 0);
        fixed (byte* data = _data)
        {
            _vectors[index] = new IoVec { Base = data + _used, Length = (nuint)frame.Length };
        }

        // One behind the other: spread over a page each they would cost more to find than to copy.
        _used += frame.Length;
        return true;
    }

    /// <summary>Holds a frame back; it does not leave with the others.</summary>
    public void Skip(int index) => _skipped[index] = true;

    /// <summary>The error number of a frame after it was sent; 0 when the kernel took it.</summary>
    public int ErrorNumber(int index) => _errors[index];

    internal int Send(int socket)
    {
        int failures = 0;
        int next = 0;
        _errors.AsSpan().Clear();
        fixed (MMsgHdr* messages = _messages)
        {
            while (next < Count)
            {
                if (_skipped[next])
                {
                    next++;
                    continue;
                }

                int end = next + 1;
                while (end < Count && !_skipped[end])
                {
                    end++;
                }

                // A failure is reported only for the first frame of a call: the rest is sent by the next one.
                int sent = SocketNative.SendMessages(socket, messages + next, (uint)(end - next), SocketConstants.MSG_DONTWAIT);
                if (sent > 0)
                {
                    next += sent;
                }
                else if (Errno.Last != Errno.EINTR)
                {
                    _errors[next++] = Errno.Last;
                    failures++;
                }
            }
        }

        return failures;
    }
}
