using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>
/// A checked view over an IP packet as a packet socket delivers it: what the IP stack would have checked for an ordinary
/// socket is checked here. The payload ends where the IP length says, so Ethernet padding is no part of it.
/// </summary>
public readonly ref struct IPPacketReader
{
    private IPPacketReader(scoped in PacketMetadata metadata, byte protocol, byte trafficClass, ReadOnlySpan<byte> payload)
    {
        Metadata = metadata;
        Protocol = protocol;
        TrafficClass = trafficClass;
        Payload = payload;
    }

    /// <summary>The addresses and the TTL or hop limit.</summary>
    public PacketMetadata Metadata { get; }

    /// <summary>The source address.</summary>
    public InetAddress Source => Metadata.Source;

    /// <summary>The destination address.</summary>
    public InetAddress Destination => Metadata.Destination;

    /// <summary>The IPv4 TTL or IPv6 hop limit.</summary>
    public byte TimeToLive => Metadata.TimeToLive;

    /// <summary>The IPv4 protocol or IPv6 next header.</summary>
    public byte Protocol { get; }

    /// <summary>The IPv4 type of service or IPv6 traffic class; the DSCP is its upper six bits.</summary>
    public byte TrafficClass { get; }

    /// <summary>What the packet carries, without the link's padding.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads a packet, which must pass every check.</summary>
    /// <param name="packet">The packet from its first header byte; padding behind it is ignored.</param>
    /// <param name="reader">The view; empty when there is an error.</param>
    /// <param name="protocol">The protocol the packet must carry.</param>
    public static DecodeError TryRead(ReadOnlySpan<byte> packet, out IPPacketReader reader, byte protocol = ProtocolNumber.Vrrp)
    {
        var error = Inspect(packet, out reader, protocol).FirstDiscarding;
        if (error != DecodeError.None)
        {
            reader = default;
        }

        return error;
    }

    /// <summary>Reads as much as there is and says everything that is wrong.</summary>
    /// <param name="packet">The packet from its first header byte; padding behind it is ignored.</param>
    /// <param name="reader">The view; empty when not even a header is there.</param>
    /// <param name="protocol">The protocol the packet should carry.</param>
    public static DecodeErrorSet Inspect(ReadOnlySpan<byte> packet, out IPPacketReader reader, byte protocol = ProtocolNumber.Vrrp)
    {
        reader = default;
        if (packet.IsEmpty)
        {
            return DecodeErrorSet.Empty.With(DecodeError.PacketTooShort);
        }

        return (packet[0] >> 4) switch
        {
            4 => InspectIPv4(packet, out reader, protocol),
            6 => InspectIPv6(packet, out reader, protocol),
            _ => DecodeErrorSet.Empty.With(DecodeError.IPVersion),
        };
    }

    private static DecodeErrorSet InspectIPv4(ReadOnlySpan<byte> packet, out IPPacketReader reader, byte protocol)
    {
        reader = default;
        if (packet.Length < IPv4Header.Length)
        {
            return DecodeErrorSet.Empty.With(DecodeError.PacketTooShort);
        }

        int headerLength = (packet[0] & 0x0F) * 4;
        if (headerLength < IPv4Header.Length || headerLength > packet.Length)
        {
            return DecodeErrorSet.Empty.With(DecodeError.IPHeaderLength);
        }

        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(packet[IPv4Header.TotalLengthOffset..]);
        bool lengthFits = totalLength >= headerLength && totalLength <= packet.Length;
        bool fragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[IPv4Header.FragmentOffset..]) & IPv4Header.FragmentMask) != 0;
        byte carried = packet[IPv4Header.ProtocolOffset];
        var metadata = new PacketMetadata(
            InetAddress.Read(packet.Slice(IPv4Header.SourceOffset, 4)),
            InetAddress.Read(packet.Slice(IPv4Header.DestinationOffset, 4)),
            packet[IPv4Header.TimeToLiveOffset]);
        int end = lengthFits ? totalLength : packet.Length;
        reader = new IPPacketReader(metadata, carried, packet[IPv4Header.TypeOfServiceOffset], packet[headerLength..end]);
        return DecodeErrorSet.Empty
            .WithIf(!lengthFits, DecodeError.IPTotalLength)
            .WithIf(!InternetChecksum.IsValid(InternetChecksum.Sum(packet[..headerLength])), DecodeError.IPHeaderChecksum)
            .WithIf(fragment, DecodeError.Fragment)
            .With(CheckProtocol(carried, protocol, AddressFamily.IPv4));
    }

    private static DecodeErrorSet InspectIPv6(ReadOnlySpan<byte> packet, out IPPacketReader reader, byte protocol)
    {
        reader = default;
        if (packet.Length < IPv6Header.Length)
        {
            return DecodeErrorSet.Empty.With(DecodeError.PacketTooShort);
        }

        int end = IPv6Header.Length + BinaryPrimitives.ReadUInt16BigEndian(packet[IPv6Header.PayloadLengthOffset..]);
        bool lengthFits = end <= packet.Length;
        byte carried = packet[IPv6Header.NextHeaderOffset];
        var metadata = new PacketMetadata(
            InetAddress.Read(packet.Slice(IPv6Header.SourceOffset, 16)),
            InetAddress.Read(packet.Slice(IPv6Header.DestinationOffset, 16)),
            packet[IPv6Header.HopLimitOffset]);
        byte trafficClass = (byte)(BinaryPrimitives.ReadUInt16BigEndian(packet) >> 4);
        reader = new IPPacketReader(metadata, carried, trafficClass, packet[IPv6Header.Length..(lengthFits ? end : packet.Length)]);
        return DecodeErrorSet.Empty
            .WithIf(!lengthFits, DecodeError.IPTotalLength)
            .With(CheckProtocol(carried, protocol, AddressFamily.IPv6));
    }

    private static DecodeError CheckProtocol(byte carried, byte wanted, AddressFamily family)
    {
        if (carried == wanted)
        {
            return DecodeError.None;
        }

        if (carried == ProtocolNumber.AuthenticationHeader)
        {
            return DecodeError.AuthenticationHeader;
        }

        if (family == AddressFamily.IPv6 && carried == ProtocolNumber.Fragment)
        {
            return DecodeError.Fragment;
        }

        return family == AddressFamily.IPv6 && ProtocolNumber.IsExtensionHeader(carried)
            ? DecodeError.ExtensionHeader
            : DecodeError.IPProtocol;
    }
}
