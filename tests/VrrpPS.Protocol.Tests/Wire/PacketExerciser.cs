using VrrpPS.Protocol.Wire;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>
/// Sends one frame through every reader, touches every property, and holds what they say against each other. Returns
/// everything that was found; allocates nothing unless a rule is broken.
/// </summary>
internal sealed class PacketExerciser
{
    private const long Then = 0x6800_0000L * Instant.NanosecondsPerSecond;
    private static readonly InetAddress[] Own = [InetAddress.Parse("192.0.2.1"), InetAddress.Parse("fe80::1")];
    private static readonly MacAddress[] OwnMac = [new(0x0200_0000_0002)];
    private static readonly InetAddress[] Addresses = [Samples.Virtual, InetAddress.Parse("192.0.2.251")];
    private readonly AdvertisementExpectation[] _expectations = MakeExpectations();
    private readonly AuthenticationData _key = AuthenticationData.TryCreate("s3cret", out var key) ? key : default;
    private readonly HmacAuthenticator _authenticator = HmacTrailerTests.Receiver();
    private AuthenticationSequence _sequence;

    /// <summary>Frames that passed every check of a router without configuration.</summary>
    public int Accepted { get; private set; }

    /// <summary>Whatever the readers returned; kept so that no call can be left out as unused.</summary>
    public long Digest { get; private set; }

    public DecodeErrorSet Exercise(ReadOnlySpan<byte> frame)
    {
        var found = EthernetFrameReader.Inspect(frame, out var ethernet);
        Rule(EthernetFrameReader.TryRead(frame, out var strict) == found.FirstDiscarding, "strict and lenient frame readers differ");
        Rule(found.IsEmpty || strict.Payload.IsEmpty, "a refused frame has a payload");
        if (found.Contains(DecodeError.FrameTooShort))
        {
            return found;
        }

        Rule(frame.EndsWith(ethernet.Payload), "the payload is not the frame's end");
        found = found.With(ethernet.CheckDestination(OwnMac));
        Digest += (long)(ethernet.Source.Value ^ ethernet.Destination.Value) + ethernet.EtherType + ethernet.VlanId;
        return ethernet.EtherType == EtherType.Arp ? found.With(Arp(ethernet.Payload)) : found.With(IP(ethernet.Payload));
    }

    private DecodeError Arp(ReadOnlySpan<byte> payload)
    {
        var error = ArpMessage.TryRead(payload, out var message);
        Rule(error == DecodeError.None || message == default, "a refused ARP packet has a value");
        Digest += message.IsGratuitous ? 1 : message.IsProbe ? 2 : 3;
        return error;
    }

    private DecodeErrorSet IP(ReadOnlySpan<byte> packet)
    {
        var found = IPPacketReader.Inspect(packet, out var ip);
        Rule(IPPacketReader.TryRead(packet, out var strict) == found.FirstDiscarding, "strict and lenient packet readers differ");
        Rule(found.IsEmpty || strict.Payload.IsEmpty, "a refused packet has a payload");
        if (found.Contains(DecodeError.IPProtocol) && ip.Protocol == ProtocolNumber.IcmpV6)
        {
            var error = NeighborAdvertisement.TryRead(packet, out var neighbor);
            Rule(error == DecodeError.None || neighbor == default, "a refused neighbor advertisement has a value");
            return found.With(error);
        }

        if (ip.Source.IsNone)
        {
            return found;
        }

        if (IPPacketReader.TryRead(packet, out var protectedPacket, ProtocolNumber.AuthenticationHeader) == DecodeError.None
            && protectedPacket.Metadata.Family == AddressFamily.IPv4)
        {
            return found.With(Authenticated(packet, protectedPacket));
        }

        Digest += ip.TrafficClass + ip.TimeToLive;
        found = found.With(Signed(ip));
        found = found.With(ip.Metadata.CheckAddresses(Own)).With(Advertisement(ip.Payload, ip.Metadata));

        // The combination no IP header can have.
        return found.With(Advertisement(ip.Payload, ip.Metadata with { Destination = default }));
    }

    private DecodeErrorSet Signed(in IPPacketReader ip)
    {
        var error = _authenticator.Verify(ip.Payload, ip.Source, Then);
        bool present = HmacTrailer.IsPresent(ip.Payload, ip.Metadata.Family);
        Rule(present != (error == DecodeError.HmacMissing), "a missing trailer is not told from a present one");
        if (present && error == DecodeError.None)
        {
            _ = AdvertisementReader.Inspect(ip.Payload, ip.Metadata, out var advertisement, HmacTrailer.Length);
            Touch(advertisement);
        }

        return DecodeErrorSet.Empty.With(error).WithIf(present, DecodeError.HmacUnexpected);
    }

    private DecodeErrorSet Authenticated(ReadOnlySpan<byte> packet, in IPPacketReader ip)
    {
        var error = AuthenticationHeader.TryRead(ip.Payload, out var header);
        if (error != DecodeError.None)
        {
            return DecodeErrorSet.Empty.With(error);
        }

        error = AuthenticationHeader.Verify(packet[..(((packet[0] & 15) * 4) + ip.Payload.Length)], _key, unicast: false);
        if (error != DecodeError.None)
        {
            return DecodeErrorSet.Empty.With(error);
        }

        Rule(header.Spi != 0, "an accepted SPI is 0");
        return Advertisement(header.Message, ip.Metadata).With(_sequence.TryAccept(header.SequenceNumber) ? DecodeError.None : DecodeError.AuthenticationHeaderReplay);
    }

    private DecodeErrorSet Advertisement(ReadOnlySpan<byte> message, PacketMetadata metadata)
    {
        var found = AdvertisementReader.Inspect(message, metadata, out var lenient);
        Touch(lenient);
        var error = AdvertisementReader.TryRead(message, metadata, out var advertisement);
        Rule(error == found.FirstDiscarding, "strict and lenient advertisement readers differ");
        if (error != DecodeError.None)
        {
            Rule(advertisement.AddressCount == 0 && advertisement.Type == 0, "a refused advertisement has a value");
            return found;
        }

        Accepted++;
        Rule(advertisement.Interval.IsValidFor(advertisement.Version), "an accepted interval is out of range");
        Rule(advertisement.AddressCount is >= 1 and <= 255, "an accepted list has an impossible length");
        Rule(advertisement.AddressCount == advertisement.DeclaredAddressCount, "an accepted list is incomplete");
        Rule(advertisement.ChecksumStyle != ObservedChecksumStyle.Invalid, "an accepted checksum is wrong");
        Rule(advertisement.VirtualRouterId != 0, "an accepted VRID is 0");
        foreach (var expectation in _expectations)
        {
            var differences = expectation.Compare(advertisement, Addresses);
            var first = expectation.Check(advertisement, Addresses);
            Rule(first == DecodeError.None || differences.Contains(first), "a refusal is not among the differences");
            found = found.With(differences);
        }

        return found;
    }

    private void Touch(in AdvertisementReader advertisement)
    {
        Digest += advertisement.VirtualRouterId + advertisement.Priority + advertisement.Type + advertisement.Checksum
            + advertisement.Interval.Centiseconds + (long)advertisement.AuthenticationType + (long)advertisement.ChecksumStyle
            + (advertisement.AuthenticationData.IsEmpty ? 1 : 0);
        for (int index = 0; index < advertisement.AddressCount; index++)
        {
            Digest += advertisement.GetAddress(index).IsMulticast ? 1 : 0;
        }
    }

    private static void Rule(bool holds, string broken)
    {
        if (!holds)
        {
            throw new InvalidOperationException(broken);
        }
    }

    private static AdvertisementExpectation[] MakeExpectations()
    {
        AuthenticationData.TryCreate("S3cret", out var password);
        var v2 = new AdvertisementExpectation(VrrpVersion.V2, 41, Interval.OneSecond);
        return
        [
            v2,
            v2 with { AuthenticationType = AuthenticationType.SimpleText, AuthenticationData = password, StrictAddressList = true },
            new AdvertisementExpectation(VrrpVersion.V3, 45, Interval.OneSecond) { StrictFirstAddress = true },
        ];
    }
}
