using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Ports;

/// <summary>
/// Collects frames and sends them with few system calls: advertisements of many routers that are due together, or an
/// advertisement and its announcements, in the order they were added. At most 32 per call, because a peer's default receive
/// buffer is small.
/// </summary>
internal sealed class FrameSender : IDisposable
{
    /// <summary>The most frames per call.</summary>
    public const int GreatestBatch = 32;

    private readonly PacketSocket _socket = PacketSocket.OpenSender();
    private readonly PacketSendBatch _batch = new(GreatestBatch);
    private readonly RouterHost?[] _owners;
    private readonly Instant[] _decided;
    private readonly bool[] _isAdvertisement;

    public FrameSender()
    {
        _owners = new RouterHost?[_batch.Capacity];
        _decided = new Instant[_batch.Capacity];
        _isAdvertisement = new bool[_batch.Capacity];
    }

    /// <summary>Adds a frame.</summary>
    /// <param name="interfaceIndex">The interface.</param>
    /// <param name="frame">The frame; it is copied.</param>
    /// <param name="owner">The router it belongs to, which is told when an advertisement is refused.</param>
    /// <param name="decided">When it was decided to send it; what has become too old since is held back. Never for what is never too old.</param>
    /// <param name="isAdvertisement">Whether it is an advertisement rather than an announcement.</param>
    public void Add(int interfaceIndex, ReadOnlySpan<byte> frame, RouterHost owner, Instant decided, bool isAdvertisement)
    {
        if (_batch.IsFull)
        {
            Flush();
        }

        _owners[_batch.Count] = owner;
        _decided[_batch.Count] = decided;
        _isAdvertisement[_batch.Count] = isAdvertisement;
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

        // The clock once more, right before the frames leave.
        var now = MonotonicClock.Now;
        for (int i = 0; i < count; i++)
        {
            if (_decided[i] != Instant.Never && _owners[i]!.HoldsBack(_decided[i], now, _isAdvertisement[i]))
            {
                _batch.Skip(i);
            }
        }

        int failures = _socket.Send(_batch);
        _batch.Clear();
        if (failures == 0)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            if (_isAdvertisement[i] && _batch.ErrorNumber(i) != 0)
            {
                _owners[i]!.NoteSendError(_batch.ErrorNumber(i));
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
