using System.Runtime.InteropServices;
using VrrpPS.Engine.Configuration.Addresses;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>The bytes of requests about routes, and the reading of their descriptions.</summary>
internal static class RouteRequests
{
    private const byte ScopeOfDeletion = 255;
    private const int MostNamedTable = 255;

    /// <summary>Writes a route with our mark.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="route">The route.</param>
    /// <param name="interfaceIndex">The interface to send through, or 0 to let the kernel find it.</param>
    /// <param name="indexOf">Finds the interfaces of nexthops; 0 for one that is missing.</param>
    public static void WriteNew(NetlinkConnection connection, VirtualRoute route, int interfaceIndex, Func<string, int> indexOf)
    {
        var writer = connection.Writer;
        connection.Begin(NetlinkNumbers.RTM_NEWROUTE, NetlinkNumbers.NLM_F_ACK | NetlinkNumbers.NLM_F_CREATE | NetlinkNumbers.NLM_F_EXCL);
        bool onLink = route.Kind == RouteKind.Unicast && route.Gateway is null && route.NextHops.All(static hop => hop.Gateway is null);
        WriteCommon(writer, route, route.Scope ?? (onLink && route.Family == AddressFamily.IPv4 ? AddressScope.Link : AddressScope.Global), route.OnLink);
        if (route.Gateway is { } gateway)
        {
            writer.Attribute(NetlinkNumbers.RTA_GATEWAY, gateway);
        }

        if (interfaceIndex != 0)
        {
            writer.Attribute(NetlinkNumbers.RTA_OIF, (uint)interfaceIndex);
        }

        if (route.Source is { } source)
        {
            writer.Attribute(NetlinkNumbers.RTA_PREFSRC, source);
        }

        if (route.Mtu is { } mtu)
        {
            int metrics = writer.BeginNested(NetlinkNumbers.RTA_METRICS);
            writer.Attribute(NetlinkNumbers.RTAX_MTU, mtu);
            writer.EndNested(metrics);
        }

        if (route.NextHops.Count > 0)
        {
            int ways = writer.BeginNested(NetlinkNumbers.RTA_MULTIPATH);
            foreach (var hop in route.NextHops)
            {
                int start = writer.BeginStructure(new RouteNextHopHeader
                {
                    Flags = hop.OnLink ? NetlinkNumbers.RTNH_F_ONLINK : (byte)0,
                    Hops = (byte)(hop.Weight - 1),
                    Index = hop.InterfaceName is { } name ? indexOf(name) : 0,
                });
                if (hop.Gateway is { } way)
                {
                    writer.Attribute(NetlinkNumbers.RTA_GATEWAY, way);
                }

                writer.EndNested(start);
            }

            writer.EndNested(ways);
        }

        writer.End();
    }

    /// <summary>Writes the removal of a route that bears our mark; another's with the same destination is left alone.</summary>
    public static void WriteDelete(NetlinkConnection connection, VirtualRoute route)
    {
        connection.Begin(NetlinkNumbers.RTM_DELROUTE, NetlinkNumbers.NLM_F_ACK);
        WriteCommon(connection.Writer, route, ScopeOfDeletion, onLink: false);
        connection.Writer.End();
    }

    /// <summary>Reads the payload of RTM_NEWROUTE; false for a route without our mark.</summary>
    public static bool TryReadOwn(ReadOnlySpan<byte> payload, out RouteInfo info)
    {
        info = default;
        if (payload.Length < RouteMessage.Size)
        {
            return false;
        }

        var header = MemoryMarshal.Read<RouteMessage>(payload);
        if (header.Protocol != RouteProtocol.VrrpPS)
        {
            return false;
        }

        var destination = NetworkPrefix.All(header.Family == SocketConstants.AF_INET ? AddressFamily.IPv4 : AddressFamily.IPv6);
        uint table = header.Table;
        uint metric = 0;
        int interfaceIndex = 0;
        var attributes = payload[RouteMessage.Size..];
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            switch (attribute.Type)
            {
                case NetlinkNumbers.RTA_DST:
                    destination = new NetworkPrefix(attribute.AsAddress, header.DestinationLength);
                    break;
                case NetlinkNumbers.RTA_OIF:
                    interfaceIndex = (int)attribute.AsUInt32;
                    break;
                case NetlinkNumbers.RTA_TABLE:
                    table = attribute.AsUInt32;
                    break;
                case NetlinkNumbers.RTA_PRIORITY:
                    metric = attribute.AsUInt32;
                    break;
                default:
                    break;
            }
        }

        info = new RouteInfo(destination, table, metric) { Kind = (RouteKind)header.Type, InterfaceIndex = interfaceIndex };
        return true;
    }

    private static void WriteCommon(NetlinkMessageWriter writer, VirtualRoute route, byte scope, bool onLink)
    {
        writer.Structure(new RouteMessage
        {
            Family = (byte)(route.Family == AddressFamily.IPv4 ? SocketConstants.AF_INET : SocketConstants.AF_INET6),
            DestinationLength = route.Destination.Length,
            Table = route.Table <= MostNamedTable ? (byte)route.Table : (byte)0,
            Protocol = RouteProtocol.VrrpPS,
            Scope = scope,
            Type = (byte)route.Kind,
            Flags = onLink ? NetlinkNumbers.RTNH_F_ONLINK : 0u,
        });
        if (route.Destination.Length > 0)
        {
            writer.Attribute(NetlinkNumbers.RTA_DST, route.Destination.Address);
        }

        writer.Attribute(NetlinkNumbers.RTA_TABLE, route.Table);
        if (route.Metric is { } metric)
        {
            writer.Attribute(NetlinkNumbers.RTA_PRIORITY, metric);
        }
    }
}
