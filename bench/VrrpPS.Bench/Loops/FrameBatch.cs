namespace VrrpPS.Bench.Loops;

/// <summary>Prebuilt frames and a packet socket that sends some of them with one system call. For one thread in the namespace.</summary>
internal sealed unsafe class FrameBatch : IDisposable
{
    private readonly byte[][] _frames;
    private readonly Message[] _messages;
    private readonly MessageVector[] _vectors;
    private readonly LinkAddress[] _address = GC.AllocateArray<LinkAddress>(1, pinned: true);
    private readonly int _socket = LoopNative.Check(LoopNative.OpenSocket(LoopNative.PacketFamily, LoopNative.RawSocket, 0), "open a packet socket");

    /// <summary>Takes copies of the frames.</summary>
    public FrameBatch(IEnumerable<ReadOnlyMemory<byte>> frames, int link)
    {
        _frames = [.. frames.Select(Pinned)];
        _messages = GC.AllocateArray<Message>(_frames.Length, pinned: true);
        _vectors = GC.AllocateArray<MessageVector>(_frames.Length, pinned: true);
        _address[0] = LinkAddress.Of(link, 0);

        // Pinned for good: their addresses stay what they are.
        fixed (MessageVector* vectors = _vectors)
        fixed (LinkAddress* to = _address)
        {
            for (int i = 0; i < _frames.Length; i++)
            {
                fixed (byte* data = _frames[i])
                {
                    vectors[i] = new MessageVector { Base = data, Length = (nuint)_frames[i].Length };
                }

                _messages[i] = new Message { Name = to, NameLength = LinkAddress.Size, Vectors = vectors + i, VectorCount = 1 };
            }
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _frames.Length;

    /// <summary>Sends some, in order.</summary>
    public void Send(int first, int count)
    {
        fixed (Message* messages = _messages)
        {
            for (int sent = 0; sent < count;)
            {
                sent += LoopNative.Check(LoopNative.SendMessages(_socket, messages + first + sent, (uint)(count - sent), 0), "send");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = LoopNative.Close(_socket);

    private static byte[] Pinned(ReadOnlyMemory<byte> frame)
    {
        byte[] copy = GC.AllocateArray<byte>(frame.Length, pinned: true);
        frame.CopyTo(copy);
        return copy;
    }
}
