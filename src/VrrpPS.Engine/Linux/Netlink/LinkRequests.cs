using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>The reading of link descriptions.</summary>
internal static class LinkRequests
{
    /// <summary>Reads the payload of RTM_NEWLINK or RTM_DELLINK.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out LinkInfo? info)
    {
        info = null;
        if (payload.Length < InterfaceMessage.Size)
        {
            return false;
        }

        var header = MemoryMarshal.Read<InterfaceMessage>(payload);
        var found = new LinkInfo { Index = header.Index, Name = string.Empty, Flags = (LinkFlags)header.Flags };
        var attributes = payload[InterfaceMessage.Size..];
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            found = attribute.Type switch
            {
                NetlinkNumbers.IFLA_IFNAME => found with { Name = attribute.AsText },
                NetlinkNumbers.IFLA_ADDRESS => found with { MacAddress = attribute.AsMac },
                NetlinkNumbers.IFLA_MTU => found with { Mtu = (int)attribute.AsUInt32 },
                NetlinkNumbers.IFLA_OPERSTATE => found with { OperationalState = (OperationalState)attribute.AsByte },
                NetlinkNumbers.IFLA_MASTER => found with { MasterIndex = (int)attribute.AsUInt32 },
                NetlinkNumbers.IFLA_LINK => found with { LowerIndex = (int)attribute.AsUInt32 },
                NetlinkNumbers.IFLA_IFALIAS => found with { Alias = attribute.AsText },
                NetlinkNumbers.IFLA_LINKINFO => ReadBridge(found with { Kind = ReadKind(attribute.Value) }, attribute.Value),
                NetlinkNumbers.IFLA_XDP => found with { HasReceiveProgram = ReadByte(attribute.Value, NetlinkNumbers.IFLA_XDP_ATTACHED) != 0 },
                _ => found,
            };
        }

        info = found;
        return true;
    }

    private static string? ReadKind(ReadOnlySpan<byte> attributes)
    {
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            if (attribute.Type == NetlinkNumbers.IFLA_INFO_KIND)
            {
                return attribute.AsText;
            }
        }

        return null;
    }

    private static LinkInfo ReadBridge(LinkInfo info, ReadOnlySpan<byte> attributes)
    {
        if (info.Kind != "bridge")
        {
            return info;
        }

        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            if (attribute.Type == NetlinkNumbers.IFLA_INFO_DATA)
            {
                return info with
                {
                    SnoopsMulticast = ReadByte(attribute.Value, NetlinkNumbers.IFLA_BR_MCAST_SNOOPING) != 0,
                    QueriesMulticast = ReadByte(attribute.Value, NetlinkNumbers.IFLA_BR_MCAST_QUERIER) != 0,
                };
            }
        }

        return info;
    }

    private static byte ReadByte(ReadOnlySpan<byte> attributes, ushort type)
    {
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            if (attribute.Type == type)
            {
                return attribute.AsByte;
            }
        }

        return 0;
    }
}
