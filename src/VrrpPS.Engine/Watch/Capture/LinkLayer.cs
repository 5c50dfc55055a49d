using System.Buffers.Binary;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Watch.Capture;

/// <summary>What stands before the IP packet, whatever the link type.</summary>
internal readonly record struct LinkLayer
{
    private const int MaxVlanTags = 2;

    /// <summary>The family that the link announces.</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>Where the IP packet starts.</summary>
    public required int PayloadOffset { get; init; }

    /// <summary>The sender's MAC address, where the link has one.</summary>
    public MacAddress? Source { get; init; }

    /// <summary>The (outermost) VLAN tag's identifier.</summary>
    public int? VlanId { get; init; }

    /// <summary>The direction, where the link tells.</summary>
    public AdvertDirection Direction { get; init; }

    /// <summary>The index of the interface, where the link tells.</summary>
    public int? InterfaceIndex { get; init; }

    /// <summary>Reads the link header.</summary>
    /// <returns>False when this is no IP packet, or is cut within the header.</returns>
    public static bool TryRead(CaptureLinkType linkType, ReadOnlySpan<byte> packet, out LinkLayer link) => linkType switch
    {
        CaptureLinkType.Ethernet => TryReadEthernet(packet, out link),
        CaptureLinkType.LinuxSll => TryReadSll(packet, out link),
        CaptureLinkType.LinuxSll2 => TryReadSll2(packet, out link),
        _ => TryReadRaw(packet, out link),
    };

    private static bool TryReadEthernet(ReadOnlySpan<byte> packet, out LinkLayer link)
    {
        link = default;
        return packet.Length >= 14
            && TryReadType(packet, 12, MacAddress.Read(packet[6..]), AdvertDirection.Unknown, null, 14, out link);
    }

    private static bool TryReadSll(ReadOnlySpan<byte> packet, out LinkLayer link)
    {
        link = default;
        if (packet.Length < 16)
        {
            return false;
        }

        bool hasMac = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) == MacAddress.Length;
        var direction = FromPacketType(BinaryPrimitives.ReadUInt16BigEndian(packet));
        return TryReadType(packet, 14, hasMac ? MacAddress.Read(packet[6..]) : null, direction, null, 16, out link);
    }

    private static bool TryReadSll2(ReadOnlySpan<byte> packet, out LinkLayer link)
    {
        link = default;
        return packet.Length >= 20 && TryReadType(
            packet,
            0,
            packet[11] == MacAddress.Length ? MacAddress.Read(packet[12..]) : null,
            FromPacketType(packet[10]),
            BinaryPrimitives.ReadInt32BigEndian(packet[4..]),
            20,
            out link);
    }

    private static bool TryReadRaw(ReadOnlySpan<byte> packet, out LinkLayer link)
    {
        int version = packet.IsEmpty ? 0 : packet[0] >> 4;
        link = version is 4 or 6
            ? new LinkLayer { Family = (AddressFamily)version, PayloadOffset = 0, Direction = AdvertDirection.Unknown }
            : default;
        return version is 4 or 6;
    }

    private static bool TryReadType(
        ReadOnlySpan<byte> packet, int typeOffset, MacAddress? source, AdvertDirection direction, int? index, int payload, out LinkLayer link)
    {
        link = default;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(packet[typeOffset..]);
        int? vlan = null;
        for (int tags = 0; EtherType.IsVlan(type); tags++)
        {
            if (tags == MaxVlanTags || packet.Length < payload + 4)
            {
                return false;
            }

            vlan ??= BinaryPrimitives.ReadUInt16BigEndian(packet[payload..]) & 0xFFF;
            type = BinaryPrimitives.ReadUInt16BigEndian(packet[(payload + 2)..]);
            payload += 4;
        }

        if (type is not (EtherType.IPv4 or EtherType.IPv6))
        {
            return false;
        }

        link = new LinkLayer
        {
            Family = type == EtherType.IPv4 ? AddressFamily.IPv4 : AddressFamily.IPv6,
            PayloadOffset = payload,
            Source = source,
            VlanId = vlan,
            Direction = direction,
            InterfaceIndex = index,
        };
        return true;
    }

    /// <summary>The kernel's PACKET_HOST ... PACKET_OUTGOING, as both cooked headers and packet sockets have it.</summary>
    public static AdvertDirection FromPacketType(int packetType) => packetType switch
    {
        0 or 1 or 2 => AdvertDirection.Received,
        3 => AdvertDirection.Overheard,
        4 => AdvertDirection.Sent,
        _ => AdvertDirection.Unknown,
    };
}
