using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Tests.Support;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>
/// Sends frames again out of a port of the switch, as a network with two ways does: the host behind the port gets them a second
/// time, later, or in another order. The switch itself learns nothing from them.
/// </summary>
internal sealed class Replay : IDisposable
{
    private readonly PacketSocket _socket;
    private readonly PacketSendBatch _batch = new(capacity: 1, frameSize: 2048);
    private readonly int _port;

    /// <summary>Towards a host.</summary>
    public Replay(TestNetwork network, int host) => (_socket, _port) = network.Switch.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        return (PacketSocket.OpenSender(), netlink.FindLink($"port{host}")!.Index);
    });

    /// <summary>Sends one frame.</summary>
    public void Send(byte[] frame)
    {
        _batch.Clear();
        Xunit.Assert.True(_batch.TryAdd(_port, frame));
        Xunit.Assert.Equal(0, _socket.Send(_batch));
    }

    public void Dispose() => _socket.Dispose();
}
