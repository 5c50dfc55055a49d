using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>
/// A complete advertisement, built once per router and patched in place: Ethernet, IP and VRRP with all checksums. The
/// memory is allocated pinned, so its address may be kept in kernel structures for as long as this object lives. TTL is
/// 255, DSCP CS6, IPv4 has DF and identification 0. Not safe for concurrent use.
/// </summary>
public sealed class AdvertisementFrame
{
    /// <summary>The type of service and traffic class of every advertisement: DSCP CS6, network control (RFC 4594).</summary>
    public const byte TrafficClass = 0xC0;

    private readonly byte[] _frame;
    private readonly int _messageOffset;
    private readonly AuthenticationData _key;
    private readonly byte[] _scratch = [];
    private readonly int _trailerLength;

    private AdvertisementFrame(byte[] frame, AdvertisementFrameOptions options, InetAddress destination)
    {
        _frame = frame;
        Header = options.Header;
        Source = options.Source;
        Destination = destination;
        ChecksumStyle = options.ChecksumStyle;
        _trailerLength = options.HasTrailer ? HmacTrailer.Length : 0;
        _messageOffset = EthernetFrameReader.HeaderLength
            + (Source.Family == AddressFamily.IPv4 ? IPv4Header.Length : IPv6Header.Length);
        if (IsAuthenticated)
        {
            _key = options.AuthenticationKey;
            _messageOffset += AuthenticationHeader.Length;
            _scratch = new byte[frame.Length - EthernetFrameReader.HeaderLength];
        }
    }

    /// <summary>The message's fields as they are now.</summary>
    public AdvertisementHeader Header { get; private set; }

    /// <summary>The source address as it is now.</summary>
    public InetAddress Source { get; private set; }

    /// <summary>The destination address as it is now.</summary>
    public InetAddress Destination { get; private set; }

    /// <summary>What the checksum covers now; <see cref="ChecksumStyle.Auto"/> is the pseudo-header.</summary>
    public ChecksumStyle ChecksumStyle { get; private set; }

    /// <summary>Whether an IP Authentication Header is in front of the message: then each packet needs <see cref="Authenticate"/>.</summary>
    public bool IsAuthenticated => Header.AuthenticationType == AuthenticationType.AuthenticationHeader;

    /// <summary>Everything from the destination MAC address on: what a SOCK_RAW packet socket sends.</summary>
    public ReadOnlySpan<byte> Frame => _frame;

    /// <summary>Everything from the IP header on: what a SOCK_DGRAM packet socket or a raw socket with IP_HDRINCL sends.</summary>
    public ReadOnlySpan<byte> Packet => _frame.AsSpan(EthernetFrameReader.HeaderLength);

    /// <summary>The VRRP message alone.</summary>
    public ReadOnlySpan<byte> Message => WritableMessage;

    /// <summary>The VRRP message and its trailer, if it has one: what a raw socket without IP_HDRINCL sends.</summary>
    public ReadOnlySpan<byte> Payload => WritablePayload;

    /// <summary>Whether a trailer follows the message: then each advertisement needs <see cref="Sign"/>.</summary>
    public bool HasTrailer => _trailerLength > 0;

    private Span<byte> WritablePacket => _frame.AsSpan(EthernetFrameReader.HeaderLength);

    private Span<byte> WritableMessage => _frame.AsSpan(_messageOffset, _frame.Length - _messageOffset - _trailerLength);

    private Span<byte> WritablePayload => _frame.AsSpan(_messageOffset);

    /// <summary>Builds a frame, or says why it cannot be built.</summary>
    /// <param name="options">The fields.</param>
    /// <param name="addresses">The address list, in order.</param>
    /// <param name="frame">The frame; null with an error.</param>
    public static EncodeError TryCreate(
        AdvertisementFrameOptions options,
        ReadOnlySpan<InetAddress> addresses,
        out AdvertisementFrame? frame)
    {
        frame = null;
        var destination = options.Destination.IsNone ? InetAddress.VrrpGroup(options.Source.Family) : options.Destination;
        var header = options.Header;
        var error = AdvertisementWriter.Check(
            header, addresses, options.Source, destination, options.ChecksumStyle, options.AllowGlobalFirstAddress);
        if (error != EncodeError.None)
        {
            return error;
        }

        var family = options.Source.Family;
        int headerLength = family == AddressFamily.IPv4 ? IPv4Header.Length : IPv6Header.Length;
        if (header.AuthenticationType == AuthenticationType.AuthenticationHeader)
        {
            if (options.AuthenticationKey.IsEmpty)
            {
                return EncodeError.Authentication;
            }

            headerLength += AuthenticationHeader.Length;
        }

        int messageLength = AdvertisementWriter.GetLength(header.Version, family, addresses.Length);
        messageLength += options.HasTrailer ? HmacTrailer.Length : 0;
        if (headerLength + messageLength > options.Mtu)
        {
            return EncodeError.ExceedsMtu;
        }

        byte[] bytes = GC.AllocateArray<byte>(EthernetFrameReader.HeaderLength + headerLength + messageLength, pinned: true);
        var created = new AdvertisementFrame(bytes, options, destination);
        error = AdvertisementWriter.TryWrite(
            created.WritableMessage,
            header,
            addresses,
            options.Source,
            destination,
            options.ChecksumStyle,
            out _,
            options.AllowGlobalFirstAddress);
        if (error != EncodeError.None)
        {
            return error;
        }

        created.WriteMessageChecksum();
        var destinationMac = destination.IsMulticast ? destination.ToMulticastMac() : options.DestinationMac;
        EthernetHeader.Write(bytes, destinationMac, options.SourceMac, EtherType.For(family));
        created.WriteIPHeader();
        created.Authenticate(0);
        frame = created;
        return EncodeError.None;
    }

    /// <summary>Changes the priority.</summary>
    public void SetPriority(byte priority)
    {
        if (Header.Priority == priority)
        {
            return;
        }

        var message = WritableMessage;
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(message[AdvertisementLayout.PriorityOffset..]);
        message[AdvertisementLayout.PriorityOffset] = priority;
        ushort after = BinaryPrimitives.ReadUInt16BigEndian(message[AdvertisementLayout.PriorityOffset..]);
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(message[AdvertisementLayout.ChecksumOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(
            message[AdvertisementLayout.ChecksumOffset..], InternetChecksum.Update(checksum, before, after));
        Header = Header with { Priority = priority };
    }

    /// <summary>Changes the interval; one that does not fit the version is refused and changes nothing.</summary>
    public EncodeError TrySetInterval(Interval interval)
    {
        if (!interval.IsValidFor(Header.Version))
        {
            return EncodeError.Interval;
        }

        Header = Header with { Interval = interval };
        AdvertisementWriter.WriteInterval(WritableMessage, Header.Version, interval);
        WriteMessageChecksum();
        return EncodeError.None;
    }

    /// <summary>Changes the source address; one of the other family is refused and changes nothing.</summary>
    public EncodeError TrySetSource(InetAddress source)
    {
        if (source.Family != Source.Family)
        {
            return EncodeError.MixedFamilies;
        }

        Source = source;
        WriteIPHeader();
        WriteMessageChecksum();
        return EncodeError.None;
    }

    /// <summary>
    /// Changes the destination, for one unicast peer after the other; one of the other family is refused and changes nothing.
    /// </summary>
    /// <param name="destination">The peer, or the group.</param>
    /// <param name="destinationMac">The peer's MAC address; for a multicast destination it follows from the group.</param>
    public EncodeError TrySetDestination(InetAddress destination, MacAddress destinationMac = default)
    {
        if (destination.Family != Source.Family)
        {
            return EncodeError.MixedFamilies;
        }

        Destination = destination;
        var mac = destination.IsMulticast ? destination.ToMulticastMac() : destinationMac;
        mac.Write(_frame.AsSpan(EthernetFrameReader.DestinationOffset));
        WriteIPHeader();
        WriteMessageChecksum();
        return EncodeError.None;
    }

    /// <summary>
    /// Writes the HMAC trailer over the message as it is now; every change but one of the destination made the last one wrong. Does
    /// nothing to a message without one.
    /// </summary>
    /// <param name="authenticator">The keys and the sequence.</param>
    /// <param name="unixNanoseconds">UTC since 1970 in nanoseconds.</param>
    public void Sign(HmacAuthenticator authenticator, long unixNanoseconds)
    {
        if (HasTrailer)
        {
            authenticator.Sign(WritablePayload, Source, unixNanoseconds);
            WriteMessageChecksum();
        }
    }

    /// <summary>
    /// Writes the IP Authentication Header over the packet as it is now; every change before it made the last one wrong. Does
    /// nothing to a packet without one. A new frame has the number 0, which no receiver accepts.
    /// </summary>
    /// <param name="sequence">The sequence number; see <see cref="AuthenticationSequence"/>.</param>
    public void Authenticate(uint sequence)
    {
        if (IsAuthenticated)
        {
            AuthenticationHeader.Write(WritablePacket, sequence, _key, unicast: !Destination.IsMulticast, _scratch);
        }
    }

    /// <summary>Changes the source MAC address.</summary>
    public void SetSourceMac(MacAddress source) => source.Write(_frame.AsSpan(EthernetFrameReader.SourceOffset));

    /// <summary>
    /// Changes what the checksum covers; <see cref="ChecksumStyle.Both"/> is refused and changes nothing: it takes two
    /// packets.
    /// </summary>
    public EncodeError TrySetChecksumStyle(ChecksumStyle style)
    {
        if (style == ChecksumStyle.Both)
        {
            return EncodeError.ChecksumStyle;
        }

        ChecksumStyle = style;
        WriteMessageChecksum();
        return EncodeError.None;
    }

    private void WriteIPHeader()
    {
        var metadata = new PacketMetadata(Source, Destination, AdvertisementLayout.TimeToLive);
        int length = _frame.Length - _messageOffset;
        if (IsAuthenticated)
        {
            IPv4Header.Write(
                WritablePacket, metadata, ProtocolNumber.AuthenticationHeader, TrafficClass, AuthenticationHeader.Length + length);
        }
        else if (Source.Family == AddressFamily.IPv4)
        {
            IPv4Header.Write(WritablePacket, metadata, ProtocolNumber.Vrrp, TrafficClass, length);
        }
        else
        {
            IPv6Header.Write(WritablePacket, metadata, ProtocolNumber.Vrrp, TrafficClass, length);
        }
    }

    /// <summary>What the checksum covers is the message, in IPv6 all that the packet carries.</summary>
    private void WriteMessageChecksum() => AdvertisementWriter.WriteChecksum(
        Source.Family == AddressFamily.IPv6 ? WritablePayload : WritableMessage, Source, Destination, ChecksumStyle);
}
