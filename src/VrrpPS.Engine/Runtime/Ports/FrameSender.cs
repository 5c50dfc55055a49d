using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Runtime.Routers;

namespace VrrpPS.Engine.Runtime.Ports;

/// <summary>
/// Collects frames and sends them with few system calls: advertisements of many routers that are due together, or an
/// advertisement and its announcements, in the order they were added. At most 32 per call, because a peer's default receive
/// buffer is small.
/// </summary>
internal sealed class FrameSender : IDisposable
{
    private readonly PacketSocket _socket = PacketSocket.OpenSender();
    private readonly PacketSendBatch _batch = new();
    private readonly RouterHost?[] _owners;

    public FrameSender() => _owners = new RouterHost?[_batch.Capacity];

    /// <summary>Adds a frame. <paramref name="advertiser"/> is told when its advertisement is refused; null for announcements.</summary>
    public void Add(int interfaceIndex, ReadOnlySpan<byte> frame, RouterHost? advertiser)
    {
        if (_batch.IsFull)
        {
            Flush();
        }

        _owners[_batch.Count] = advertiser;
        _ = _batch.TryAdd(interfaceIndex, frame);
    }

    /// <summary>Sends what has been added.</summary>
    public void Flush()
    {
        int count = _batch.Count;
        if (count == 0)
        {
            return;
        }

        int failures = _socket.Send(_batch);
        _batch.Clear();
        if (failures == 0)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            if (_batch.ErrorNumber(i) != 0)
            {
                _owners[i]?.NoteSendError(_batch.ErrorNumber(i));
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
