using System.Runtime.InteropServices;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>The bytes of requests about routing rules (linux/fib_rules.h; the header has the layout of a route's), and the reading of their descriptions.</summary>
internal static class RuleRequests
{
    private const int MostNamedTable = 255;

    /// <summary>Writes a rule with our mark, to be added or removed.</summary>
    public static void Write(NetlinkConnection connection, VirtualRule rule, bool isDelete)
    {
        var writer = connection.Writer;
        connection.Begin(
            isDelete ? NetlinkNumbers.RTM_DELRULE : NetlinkNumbers.RTM_NEWRULE,
            (ushort)(NetlinkNumbers.NLM_F_ACK | (isDelete ? 0 : NetlinkNumbers.NLM_F_CREATE | NetlinkNumbers.NLM_F_EXCL)));
        bool looksUp = rule.Kind == RouteKind.Unicast;
        writer.Structure(new RouteMessage
        {
            Family = (byte)(rule.Family == AddressFamily.IPv4 ? SocketConstants.AF_INET : SocketConstants.AF_INET6),
            DestinationLength = rule.To?.Length ?? 0,
            SourceLength = rule.From?.Length ?? 0,
            Table = looksUp && rule.Table <= MostNamedTable ? (byte)rule.Table : (byte)0,
            Type = (byte)rule.Kind,
            Flags = rule.Not ? NetlinkNumbers.FIB_RULE_INVERT : 0,
        });
        Prefix(NetlinkNumbers.FRA_DST, rule.To);
        Prefix(NetlinkNumbers.FRA_SRC, rule.From);
        Name(NetlinkNumbers.FRA_IIFNAME, rule.InputInterface);
        Name(NetlinkNumbers.FRA_OIFNAME, rule.OutputInterface);
        Number(NetlinkNumbers.FRA_FWMARK, rule.Mark);
        Number(NetlinkNumbers.FRA_FWMASK, rule.MarkMask);
        Number(NetlinkNumbers.FRA_PRIORITY, rule.Priority);
        Number(NetlinkNumbers.FRA_TABLE, looksUp ? rule.Table : null);
        Number(NetlinkNumbers.FRA_SUPPRESS_PREFIXLEN, rule.SuppressPrefixLength);
        writer.Attribute(NetlinkNumbers.FRA_PROTOCOL, RouteProtocol.VrrpPS);
        writer.End();

        void Prefix(ushort type, NetworkPrefix? prefix)
        {
            if (prefix is { Length: > 0 } given)
            {
                writer.Attribute(type, given.Address);
            }
        }

        void Name(ushort type, string? name)
        {
            if (name is not null)
            {
                writer.Attribute(type, name);
            }
        }

        void Number(ushort type, uint? number)
        {
            if (number is { } given)
            {
                writer.Attribute(type, given);
            }
        }
    }

    /// <summary>Reads the payload of RTM_NEWRULE; false for a rule without our mark.</summary>
    public static bool TryReadOwn(ReadOnlySpan<byte> payload, out RuleInfo info)
    {
        info = default;
        if (payload.Length < RouteMessage.Size)
        {
            return false;
        }

        var header = MemoryMarshal.Read<RouteMessage>(payload);
        byte protocol = 0;
        info = new RuleInfo(header.Family == SocketConstants.AF_INET ? AddressFamily.IPv4 : AddressFamily.IPv6, null, null, header.Table, 0, 0, null, null)
        {
            Kind = (RouteKind)header.Type,
        };
        var attributes = payload[RouteMessage.Size..];
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            switch (attribute.Type)
            {
                case NetlinkNumbers.FRA_PROTOCOL:
                    protocol = attribute.AsByte;
                    break;
                case NetlinkNumbers.FRA_DST:
                    info = info with { To = new NetworkPrefix(attribute.AsAddress, header.DestinationLength) };
                    break;
                case NetlinkNumbers.FRA_SRC:
                    info = info with { From = new NetworkPrefix(attribute.AsAddress, header.SourceLength) };
                    break;
                case NetlinkNumbers.FRA_TABLE:
                    info = info with { Table = attribute.AsUInt32 };
                    break;
                case NetlinkNumbers.FRA_PRIORITY:
                    info = info with { Priority = attribute.AsUInt32 };
                    break;
                case NetlinkNumbers.FRA_FWMARK:
                    info = info with { Mark = attribute.AsUInt32 };
                    break;
                case NetlinkNumbers.FRA_IIFNAME:
                    info = info with { InputInterface = attribute.AsText };
                    break;
                case NetlinkNumbers.FRA_OIFNAME:
                    info = info with { OutputInterface = attribute.AsText };
                    break;
                default:
                    break;
            }
        }

        return protocol == RouteProtocol.VrrpPS;
    }
}
