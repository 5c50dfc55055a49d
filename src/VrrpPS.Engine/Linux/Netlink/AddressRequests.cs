using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>The bytes of requests about addresses, and the reading of their descriptions.</summary>
internal static class AddressRequests
{
    /// <param name="connection">Where to.</param>
    /// <param name="assignment">The address and its properties.</param>
    /// <param name="flags">How it is created, and whether that is acknowledged.</param>
    public static void WriteNew(NetlinkConnection connection, in AddressAssignment assignment, int flags)
    {
        var writer = connection.Writer;
        connection.Begin(NetlinkNumbers.RTM_NEWADDR, (ushort)flags);
        writer.Structure(Header(assignment));
        writer.Attribute(NetlinkNumbers.IFA_LOCAL, assignment.Address);
        writer.Attribute(NetlinkNumbers.IFA_ADDRESS, assignment.Peer.IsNone ? assignment.Address : assignment.Peer);
        if (!assignment.Broadcast.IsNone)
        {
            writer.Attribute(NetlinkNumbers.IFA_BROADCAST, assignment.Broadcast);
        }

        if (assignment.Label is { } label)
        {
            writer.Attribute(NetlinkNumbers.IFA_LABEL, label);
        }

        writer.Attribute(NetlinkNumbers.IFA_FLAGS, (uint)assignment.Flags);
        var lifetimes = new AddressCacheInfo
        {
            PreferredLifetime = assignment.PreferredLifetime,
            ValidLifetime = assignment.ValidLifetime,
        };
        writer.Attribute(NetlinkNumbers.IFA_CACHEINFO, MemoryMarshal.AsBytes(new ReadOnlySpan<AddressCacheInfo>(in lifetimes)));
        if (assignment.Protocol != AddressProtocol.Unspecified)
        {
            writer.Attribute(NetlinkNumbers.IFA_PROTO, assignment.Protocol);
        }

        writer.End();
    }

    /// <param name="connection">Where to.</param>
    /// <param name="assignment">The address.</param>
    /// <param name="flags">Whether it is acknowledged.</param>
    public static void WriteDelete(NetlinkConnection connection, in AddressAssignment assignment, int flags)
    {
        var writer = connection.Writer;
        connection.Begin(NetlinkNumbers.RTM_DELADDR, (ushort)flags);
        writer.Structure(Header(assignment));
        writer.Attribute(NetlinkNumbers.IFA_LOCAL, assignment.Address);
        writer.Attribute(NetlinkNumbers.IFA_ADDRESS, assignment.Peer.IsNone ? assignment.Address : assignment.Peer);
        writer.End();
    }

    /// <summary>Reads the payload of RTM_NEWADDR or RTM_DELADDR.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out AddressInfo info)
    {
        info = default;
        if (payload.Length < AddressMessage.Size)
        {
            return false;
        }

        var header = MemoryMarshal.Read<AddressMessage>(payload);
        InetAddress address = default;
        InetAddress local = default;
        uint flags = header.Flags;
        byte protocol = 0;
        InetAddress broadcast = default;
        InterfaceName label = default;
        var cache = new AddressCacheInfo { ValidLifetime = AddressAssignment.Forever, PreferredLifetime = AddressAssignment.Forever };
        var attributes = payload[AddressMessage.Size..];
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            switch (attribute.Type)
            {
                case NetlinkNumbers.IFA_ADDRESS:
                    address = attribute.AsAddress;
                    break;
                case NetlinkNumbers.IFA_LOCAL:
                    local = attribute.AsAddress;
                    break;
                case NetlinkNumbers.IFA_FLAGS:
                    flags = attribute.AsUInt32;
                    break;
                case NetlinkNumbers.IFA_BROADCAST:
                    broadcast = attribute.AsAddress;
                    break;
                case NetlinkNumbers.IFA_LABEL:
                    label = new InterfaceName(attribute.AsTextBytes);
                    break;
                case NetlinkNumbers.IFA_PROTO:
                    protocol = attribute.AsByte;
                    break;
                case NetlinkNumbers.IFA_CACHEINFO when attribute.Value.Length >= AddressCacheInfo.Size:
                    cache = MemoryMarshal.Read<AddressCacheInfo>(attribute.Value);
                    break;
                default:
                    break;
            }
        }

        // IFA_ADDRESS is the other end of a point-to-point link; IFA_LOCAL, where present, is always ours.
        var own = local.IsNone ? address : local;
        if (own.IsNone)
        {
            return false;
        }

        info = new AddressInfo(
            header.Index,
            own,
            header.PrefixLength,
            protocol,
            (AddressFlags)flags,
            cache.ValidLifetime,
            cache.PreferredLifetime,
            cache.CreationStamp,
            cache.UpdateStamp)
        {
            Peer = local.IsNone || local == address ? default : address,
            Scope = header.Scope,
            Broadcast = broadcast,
            Label = label,
        };
        return true;
    }

    private static AddressMessage Header(in AddressAssignment assignment) => new()
    {
        Family = (byte)(assignment.Address.Family == AddressFamily.IPv4 ? SocketConstants.AF_INET : SocketConstants.AF_INET6),
        PrefixLength = assignment.PrefixLength,
        Scope = assignment.Scope,
        Index = assignment.InterfaceIndex,
    };
}
