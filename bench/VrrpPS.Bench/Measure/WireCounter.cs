using VrrpPS.Bench.Network;
using VrrpPS.Engine.Linux.Sockets;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// Counts the advertisements of a node at its port of the bridge for next to nothing: the socket's buffer has no room, so that the
/// kernel counts what passes the filter, copies nothing and wakes nobody.
/// </summary>
internal sealed class WireCounter : IDisposable
{
    private readonly PacketSocket _socket;

    /// <summary>Starts it.</summary>
    public WireCounter(BenchNetwork network, int node)
    {
        int port = network.PortOf(node);
        _socket = network.Switch.RunInside(() => PacketSocket.OpenReceiver(new PacketSocketOptions
        {
            // A bridge takes what its ports receive before a socket for one protocol sees it.
            EtherType = EtherType.All,
            InterfaceIndex = port,
            Filter = Filters.WatchVrrp(),
            ReceiveBuffer = 0,
        }));
    }

    /// <summary>How many there were since the last call.</summary>
    public long Take() => _socket.TakePacketCount();

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
