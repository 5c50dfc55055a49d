using System.Net;
using System.Net.Sockets;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Probe;
using AddressFamily = VrrpPS.Protocol.AddressFamily;

namespace VrrpPS.Engine.Measure;

/// <summary>Sockets towards the measured address, in the calling thread's namespace.</summary>
internal static class MeterSocket
{
    public static Socket Create(FailoverMeterOptions options, ProbeRoute route, SocketType type, ProtocolType protocol)
    {
        var family = options.Address.Family == AddressFamily.IPv4
            ? System.Net.Sockets.AddressFamily.InterNetwork
            : System.Net.Sockets.AddressFamily.InterNetworkV6;
        var socket = new Socket(family, type, protocol);
        try
        {
            // The address may be bound here before or after a move, and is answered through the loopback interface then.
            if (options.InterfaceName is not null && !route.IsLocal && route.Link is { } link)
            {
                socket.SetRawSocketOption(SocketConstants.SOL_SOCKET, SocketConstants.SO_BINDTOIFINDEX, BitConverter.GetBytes(link.Index));
            }

            // Streams are used asynchronously, which takes care of that itself.
            socket.Blocking = type == SocketType.Stream;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The end point; a link-local address is scoped to the interface.</summary>
    public static IPEndPoint EndPoint(FailoverMeterOptions options, ProbeRoute route, int port)
    {
        var address = options.Address.ToIPAddress();
        if (options.Address.Family == AddressFamily.IPv6 && options.Address.IsLinkLocal && route.Link is { } link)
        {
            address.ScopeId = link.Index;
        }

        return new IPEndPoint(address, port);
    }
}
