using System.Buffers.Binary;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>
/// The packet filters of the product. A packet socket sees what the IP stack would refuse (foreign VLANs, foreign unicast,
/// fragments), so each filter refuses that first; a reader still checks every header it relies on.
/// </summary>
public static class Filters
{
    private const byte VrrpProtocol = 112;
    private const byte Icmpv6Protocol = 58;
    private const byte NeighborAdvertisement = 136;

    /// <summary>Each costs two of the 4096 instructions that a filter may have.</summary>
    private const int MostAddresses = 1024;

    /// <summary>Drops everything.</summary>
    public static BpfProgram Nothing { get; } = new FilterBuilder().AcceptNothingElse();

    /// <summary>
    /// Netlink events but those of IPv4 addresses that a connection's quiet requests have bound or renewed. Words of a netlink header are
    /// in the order of the machine, which is the smaller end first wherever this runs; a filter reads the greater end first.
    /// </summary>
    /// <param name="port">The connection's number.</param>
    internal static BpfProgram NoQuietAddresses(uint port)
    {
        // struct nlmsghdr: length (4), type (2), flags (2), sequence (4), port (4).
        const byte fromType = 4, toLastOfSequence = 11, fromPort = 12;
        return new BpfProgram(
        [
            new() { Code = FilterBuilder.LoadHalfAbsolute, Operand = fromType },
            new() { Code = FilterBuilder.JumpEqual, Operand = BinaryPrimitives.ReverseEndianness(NetlinkNumbers.RTM_NEWADDR), JumpFalse = 5 },
            new() { Code = FilterBuilder.LoadWordAbsolute, Operand = fromPort },
            new() { Code = FilterBuilder.JumpEqual, Operand = BinaryPrimitives.ReverseEndianness(port), JumpFalse = 3 },
            new() { Code = FilterBuilder.LoadByteAbsolute, Operand = toLastOfSequence },
            new() { Code = FilterBuilder.JumpAnySet, Operand = NetlinkConnection.Quiet >> 24, JumpFalse = 1 },
            new() { Code = FilterBuilder.Return, Operand = 0 },
            new() { Code = FilterBuilder.Return, Operand = uint.MaxValue },
        ]);
    }

    /// <summary>
    /// Received advertisements on an untagged link: for this host or a group, not tagged, protocol 112, not a fragment. In IPv4 an
    /// IP Authentication Header may be in between; IPv6 with extension headers is not VRRP. For sockets without link headers.
    /// </summary>
    /// <param name="family">The family, by which the socket was bound.</param>
    /// <param name="virtualRouterIds">The virtual routers to hear; empty means all.</param>
    public static BpfProgram VrrpReceive(AddressFamily family, params ReadOnlySpan<byte> virtualRouterIds)
    {
        var filter = new FilterBuilder()
            .RequirePacketType(PacketType.Host, PacketType.Multicast)
            .RefuseVlanTag();
        if (family == AddressFamily.IPv4)
        {
            _ = filter.RequireClear(6, 0x3FFF).RequireIPv4Protocol(VrrpProtocol);
            return virtualRouterIds.IsEmpty ? filter.Accept() : filter.RequirePayloadByte(1, virtualRouterIds).Accept();
        }

        _ = filter.RequireByte(6, VrrpProtocol);
        return virtualRouterIds.IsEmpty ? filter.Accept() : filter.RequireByteOneOf(41, virtualRouterIds).Accept();
    }

    /// <summary>
    /// The advertisements that <see cref="VrrpReceive"/> with the same virtual routers leaves out: those of virtual routers
    /// that nobody here belongs to. To count, not to read.
    /// </summary>
    public static BpfProgram VrrpForeign(AddressFamily family, params ReadOnlySpan<byte> virtualRouterIds)
    {
        var filter = new FilterBuilder()
            .RequirePacketType(PacketType.Host, PacketType.Multicast)
            .RefuseVlanTag();
        return family == AddressFamily.IPv4
            ? filter.RequireClear(6, 0x3FFF).RequireIPv4Protocol(VrrpProtocol).RefusePayloadByte(1, virtualRouterIds).Accept()
            : filter.RequireByte(6, VrrpProtocol).RefuseByteOneOf(41, virtualRouterIds).Accept();
    }

    /// <summary>
    /// Announcements of an address by others: gratuitous ARP (sender and target address equal; RFC 5227 section 3), request
    /// or reply, or ICMPv6 neighbour advertisements with hop limit 255 (RFC 4861 section 7.1.2).
    /// </summary>
    public static BpfProgram AnnouncementReceive(AddressFamily family) => AnnouncementOf(family).Accept();

    /// <summary>
    /// As <see cref="AnnouncementReceive(AddressFamily)"/>, but of these addresses only, and for IPv4 every ARP packet sent from
    /// one of them: an answer to a probe claims it as well. What others announce of their own wakes nobody. IPv6 addresses are told apart by their last four bytes; a reader looks at the rest. Too many addresses
    /// for a filter mean all.
    /// </summary>
    public static BpfProgram AnnouncementReceive(AddressFamily family, params ReadOnlySpan<InetAddress> addresses)
    {
        if (addresses.Length > MostAddresses)
        {
            return AnnouncementReceive(family);
        }

        Span<byte> bytes = stackalloc byte[16];
        uint[] words = new uint[addresses.Length];
        for (int i = 0; i < words.Length; i++)
        {
            int length = addresses[i].Write(bytes);
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(length - sizeof(uint))..]);
        }

        return family == AddressFamily.IPv4
            ? Arp().AcceptWordOneOf(14, words)
            : AnnouncementOf(family).AcceptWordOneOf(60, words);
    }

    /// <summary>
    /// Packets for this host that were sent from an address; an IPv6 one is told by its last four bytes, and a reader looks at the rest.
    /// The family is the one that the socket was bound by.
    /// </summary>
    public static BpfProgram SentFrom(InetAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        int length = address.Write(bytes);
        uint word = BinaryPrimitives.ReadUInt32BigEndian(bytes[(length - sizeof(uint))..]);
        return new FilterBuilder().RequirePacketType(PacketType.Host).RefuseVlanTag()
            .AcceptWordOneOf(address.Family == AddressFamily.IPv4 ? 12 : 20, [word]);
    }

    /// <summary>Everything of protocol 112, IPv4 (also behind an IP Authentication Header) and IPv6, sent and received, tagged or not: to watch, not to act on. For <see cref="EtherType.All"/>.</summary>
    public static BpfProgram WatchVrrp() => new FilterBuilder().AcceptIPProtocol(VrrpProtocol).AcceptNothingElse();

    private static FilterBuilder AnnouncementOf(AddressFamily family) => family == AddressFamily.IPv4
        ? Arp().RequireSameWord(14, 24)
        : Announcement()
            .RequireByte(6, Icmpv6Protocol).RequireByte(7, 255).RequireByte(40, NeighborAdvertisement);

    private static FilterBuilder Arp()
        => Announcement().RequireHalf(0, 1).RequireHalf(2, EtherType.IPv4).RequireHalf(4, 0x0604);

    // The kernel takes the tag of a foreign VLAN off before a socket for one Ethernet protocol sees the packet, and marks it
    // as somebody else's: the packet type refuses it, the tag itself shows only where all protocols are received. A priority
    // tag (VLAN 0) is no VLAN; the IP stack accepts it, and so do we.
    private static FilterBuilder Announcement() => new FilterBuilder()
        .RequirePacketType(PacketType.Host, PacketType.Broadcast, PacketType.Multicast)
        .RefuseVlanTag();
}
