using System.Runtime.InteropServices;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Probe;

/// <summary>Asks the kernel how it would reach an address (RTM_GETROUTE), in the calling thread's namespace.</summary>
internal static class RouteLookup
{
    private const ushort GetRoute = 26;
    private const ushort PreferredSource = 7;
    private const ushort Via = 18;
    private const byte TypeLocal = 2;

    /// <summary>Looks the route up.</summary>
    /// <exception cref="VrrpException">InterfaceNotFound, if one is named and does not exist.</exception>
    public static ProbeRoute Find(InetAddress address, string? interfaceName)
    {
        using var netlink = RouteNetlink.Open();
        var links = netlink.GetLinks();
        LinkInfo? wanted = null;
        if (interfaceName is not null)
        {
            wanted = links.FirstOrDefault(link => link.Name == interfaceName)
                ?? throw VrrpErrors.NoSuchInterface(interfaceName, links.Select(static link => link.Name));
        }

        if (netlink.GetAddresses().FirstOrDefault(bound => bound.Address == address) is { InterfaceIndex: > 0 } own)
        {
            return new ProbeRoute { Link = links.FirstOrDefault(link => link.Index == own.InterfaceIndex), IsLocal = true, Source = address };
        }

        try
        {
            var answer = Ask(address, wanted?.Index ?? 0);
            return new ProbeRoute
            {
                Link = links.FirstOrDefault(link => link.Index == answer.InterfaceIndex),
                IsLocal = answer.IsLocal,
                Gateway = answer.Gateway,
                Source = answer.Source,
            };
        }
        catch (NetlinkException e)
        {
            return new ProbeRoute { Link = wanted, Unreachable = e.Message };
        }
    }

    private static RouteAnswer Ask(InetAddress address, int interfaceIndex)
    {
        using var connection = new NetlinkConnection(new NetlinkSocket());
        connection.Begin(GetRoute, NetlinkNumbers.NLM_F_ACK);
        connection.Writer.Structure(new RouteMessage
        {
            Family = (byte)(address.Family == AddressFamily.IPv4 ? SocketConstants.AF_INET : SocketConstants.AF_INET6),
            DestinationLength = (byte)(address.Length * 8),
        });
        connection.Writer.Attribute(NetlinkNumbers.RTA_DST, address);
        if (interfaceIndex != 0)
        {
            connection.Writer.Attribute(NetlinkNumbers.RTA_OIF, (uint)interfaceIndex);
        }

        connection.Writer.End();
        var answer = new RouteAnswer();
        connection.Dump($"find a route to {address}", answer, static (message, into) => Read(message, into), static _ => { });
        return answer;
    }

    private static unsafe void Read(NetlinkMessage message, RouteAnswer into)
    {
        if (message.Type != NetlinkNumbers.RTM_NEWROUTE || message.Payload.Length < sizeof(RouteMessage))
        {
            return;
        }

        into.IsLocal = MemoryMarshal.Read<RouteMessage>(message.Payload).Type == TypeLocal;
        var attributes = message.Payload[sizeof(RouteMessage)..];
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            switch (attribute.Type)
            {
                case NetlinkNumbers.RTA_OIF:
                    into.InterfaceIndex = (int)attribute.AsUInt32;
                    break;
                case NetlinkNumbers.RTA_GATEWAY:
                    into.Gateway = attribute.AsAddress;
                    break;
                case Via when attribute.Value.Length is 6 or 18:
                    // struct rtvia: family (2), then the address of possibly another family.
                    into.Gateway = InetAddress.Read(attribute.Value[2..]);
                    break;
                case PreferredSource:
                    into.Source = attribute.AsAddress;
                    break;
                default:
                    break;
            }
        }
    }

    private sealed class RouteAnswer
    {
        public int InterfaceIndex { get; set; }

        public bool IsLocal { get; set; }

        public InetAddress Gateway { get; set; }

        public InetAddress Source { get; set; }
    }
}
