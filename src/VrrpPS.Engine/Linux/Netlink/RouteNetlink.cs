using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>
/// What the kernel can be told and asked about links, addresses and routes of one network namespace: that of the thread that
/// opened it. Every call waits for the kernel's answer. For one thread at a time.
/// </summary>
public sealed partial class RouteNetlink : IDisposable
{
    private readonly NetlinkConnection _connection;

    internal RouteNetlink(INetlinkTransport transport) => _connection = new NetlinkConnection(transport);

    /// <summary>Connects to the network namespace of the calling thread.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static RouteNetlink Open()
    {
        // Room for the acknowledgements of a whole batch, which arrive before the first is read.
        const int receiveBuffer = 1024 * 1024;
        var socket = new NetlinkSocket();
        socket.SetReceiveBuffer(receiveBuffer);
        return new RouteNetlink(socket) { Port = socket.Port };
    }

    /// <summary>The number by which the kernel's events name this connection; null when there is no kernel behind it.</summary>
    public uint? Port { get; private init; }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Adds a route.</summary>
    /// <param name="destination">The network; <c>default</c> with a gateway means the default route of its family.</param>
    /// <param name="prefixLength">0..32 or 0..128.</param>
    /// <param name="gateway">The next hop, or <c>default</c> for a network on the link.</param>
    /// <param name="interfaceIndex">The interface to send through.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddRoute(Protocol.InetAddress destination, byte prefixLength, Protocol.InetAddress gateway, int interfaceIndex)
    {
        var family = (gateway.IsNone ? destination : gateway).Family;
        _connection.Reset();
        _connection.Begin(NetlinkNumbers.RTM_NEWROUTE, NetlinkNumbers.NLM_F_ACK | NetlinkNumbers.NLM_F_CREATE | NetlinkNumbers.NLM_F_EXCL);
        var writer = _connection.Writer;
        writer.Structure(new RouteMessage
        {
            Family = (byte)(family == Protocol.AddressFamily.IPv4 ? SocketConstants.AF_INET : SocketConstants.AF_INET6),
            DestinationLength = prefixLength,
            Table = NetlinkNumbers.RT_TABLE_MAIN,
            Protocol = NetlinkNumbers.RTPROT_STATIC,
            Scope = gateway.IsNone ? NetlinkNumbers.RT_SCOPE_LINK : NetlinkNumbers.RT_SCOPE_UNIVERSE,
            Type = NetlinkNumbers.RTN_UNICAST,
        });
        if (!destination.IsNone && prefixLength > 0)
        {
            writer.Attribute(NetlinkNumbers.RTA_DST, destination);
        }

        if (!gateway.IsNone)
        {
            writer.Attribute(NetlinkNumbers.RTA_GATEWAY, gateway);
        }

        writer.Attribute(NetlinkNumbers.RTA_OIF, (uint)interfaceIndex);
        writer.End();
        _connection.Execute($"add a route to {(destination.IsNone ? "default" : destination)}/{prefixLength}");
    }

    private List<T> Dump<T>(string operation, NetlinkMessageHandler<List<T>> handler)
    {
        var found = new List<T>();
        _connection.Dump(operation, found, handler, static list => list.Clear());
        return found;
    }

}
