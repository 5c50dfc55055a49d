using System.Net;
using System.Net.Sockets;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Watch;
using AddressFamily = VrrpPS.Protocol.AddressFamily;

namespace VrrpPS.Engine.Probe;

/// <summary>
/// Sockets made inside a network namespace. A socket stays in the namespace it was made in, so only its making needs a thread
/// there; using it does not.
/// </summary>
internal static class ProbeSocket
{
    /// <summary>Makes a socket towards the probed address.</summary>
    /// <exception cref="SocketException">The kernel refused.</exception>
    public static Task<Socket> CreateAsync(VipProbeOptions options, ProbeRoute route, SocketType type, ProtocolType protocol)
        => NamespaceGate.RunAsync(options.NetworkNamespace, () =>
        {
            var family = options.Address.Family == AddressFamily.IPv4
                ? System.Net.Sockets.AddressFamily.InterNetwork
                : System.Net.Sockets.AddressFamily.InterNetworkV6;
            var socket = new Socket(family, type, protocol);
            try
            {
                // A local address is answered through the loopback interface, whatever was asked for.
                if (options.InterfaceName is not null && !route.IsLocal && route.Link is { } link)
                {
                    socket.SetRawSocketOption(SocketConstants.SOL_SOCKET, SocketConstants.SO_BINDTOIFINDEX, BitConverter.GetBytes(link.Index));
                }

                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        });

    /// <summary>The end point; a link-local address is scoped to the interface.</summary>
    public static IPEndPoint EndPoint(VipProbeOptions options, ProbeRoute route, int port)
    {
        var address = options.Address.ToIPAddress();
        if (options.Address.Family == AddressFamily.IPv6 && options.Address.IsLinkLocal && route.Link is { } link)
        {
            address.ScopeId = link.Index;
        }

        return new IPEndPoint(address, port);
    }
}
