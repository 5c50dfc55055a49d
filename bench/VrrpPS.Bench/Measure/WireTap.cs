using VrrpPS.Bench.Network;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// Writes down the advertisements of a node with the kernel's times, without waking up for each: the reader looks fifty times a second, and
/// nobody sleeps on the socket, so the sender pays for a copy and for no wake-up.
/// </summary>
internal sealed class WireTap : IDisposable
{
    private const int VirtualRouterIdOffset = 21;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly List<WireAdvertisement> _seen = new(1 << 17);
    private readonly PacketSocket _socket;
    private readonly ProbeThread _thread;
    private bool _ended;

    /// <summary>Starts it at a node's port.</summary>
    public WireTap(BenchNetwork network, int node)
    {
        int port = network.PortOf(node);
        _socket = network.Switch.RunInside(() => PacketSocket.OpenReceiver(new PacketSocketOptions
        {
            // A bridge takes what its ports receive before a socket for one protocol sees it.
            EtherType = EtherType.All,
            InterfaceIndex = port,
            Filter = Filters.WatchVrrp(),
            Timestamps = true,
            ReceiveBuffer = 32 * 1024 * 1024,
        }));
        _thread = new ProbeThread(network.Switch, "wire", Run);
    }

    /// <summary>Ends it; what it has seen, by time.</summary>
    public IReadOnlyList<WireAdvertisement> Take()
    {
        Dispose();
        return _seen;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            _thread.Dispose();
            _socket.Dispose();
        }
    }

    private void Run(CancellationToken end)
    {
        byte[] packet = new byte[64];
        while (!end.WaitHandle.WaitOne(s_pause))
        {
            Drain(packet);
        }

        Drain(packet);
    }

    /// <summary>A port that goes down says so once, and goes on when it is up again.</summary>
    private bool TryReceive(byte[] packet, out int length, out PacketMetadata metadata)
    {
        const int NetworkDown = 100;
        try
        {
            return _socket.Receive(packet, out length, out metadata);
        }
        catch (KernelException exception) when (exception.ErrorNumber == NetworkDown)
        {
            return _socket.Receive(packet, out length, out metadata);
        }
    }

    private void Drain(byte[] packet)
    {
        while (TryReceive(packet, out int length, out var metadata))
        {
            if (length > VirtualRouterIdOffset)
            {
                _seen.Add(new WireAdvertisement(Clock.FromRealTime(metadata.Timestamp), packet[VirtualRouterIdOffset]));
            }
        }
    }
}
