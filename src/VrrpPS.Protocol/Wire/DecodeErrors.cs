namespace VrrpPS.Protocol.Wire;

/// <summary>What the members of <see cref="DecodeError"/> mean to a reader of logs.</summary>
public static class DecodeErrors
{
    /// <summary>The members that are reported but do not discard a packet by themselves.</summary>
    public static DecodeErrorSet Findings { get; } = DecodeErrorSet.Empty
        .With(DecodeError.AddressListMismatch)
        .With(DecodeError.FirstAddressNotLinkLocal)
        .With(DecodeError.TrailingData);

    /// <summary>Whether the problem is only reported, and the packet used all the same.</summary>
    public static bool IsFinding(this DecodeError error) => Findings.Contains(error);

    /// <summary>The problem in a few words, without a full stop.</summary>
    public static string Describe(this DecodeError error) => error switch
    {
        DecodeError.None => "nothing is wrong",
        DecodeError.FrameTooShort => "the frame is shorter than an Ethernet header",
        DecodeError.VlanTag => "the frame carries a VLAN tag",
        DecodeError.ForeignMacAddress => "the frame is addressed to another host's MAC address",
        DecodeError.PacketTooShort => "the packet is shorter than an IP header",
        DecodeError.IPVersion => "the IP version is neither 4 nor 6",
        DecodeError.IPHeaderLength => "the IPv4 header length is impossible",
        DecodeError.IPTotalLength => "the IP length does not fit what was received",
        DecodeError.IPHeaderChecksum => "the IPv4 header checksum is wrong",
        DecodeError.Fragment => "the packet is a fragment",
        DecodeError.AuthenticationHeader => "an IP Authentication Header precedes the message",
        DecodeError.ExtensionHeader => "an IPv6 extension header precedes the message",
        DecodeError.IPProtocol => "the IP protocol is not the expected one",
        DecodeError.AddressFamily => "source and destination are not of one address family",
        DecodeError.SourceUnspecified => "the source address is unspecified",
        DecodeError.SourceMulticast => "the source address is a multicast address",
        DecodeError.SourceOwn => "the source address is this host's own",
        DecodeError.ForeignDestination => "the destination is neither the VRRP group nor an address of this host",
        DecodeError.TimeToLive => "the TTL or hop limit is not 255",
        DecodeError.Version => "the VRRP version is neither 2 nor 3",
        DecodeError.VersionForFamily => "VRRP version 2 does not exist for IPv6",
        DecodeError.Type => "the VRRP type is not 1 (advertisement)",
        DecodeError.Length => "the VRRP message is too short for what it declares",
        DecodeError.AddressCountZero => "the address list is empty",
        DecodeError.Checksum => "the VRRP checksum is wrong",
        DecodeError.VirtualRouterIdZero => "the VRID is 0",
        DecodeError.IntervalZero => "the advertisement interval is 0",
        DecodeError.AuthenticationTypeUnknown => "the authentication type is unknown",
        DecodeError.VirtualRouterIdMismatch => "the VRID is not configured here",
        DecodeError.VersionMismatch => "the VRRP version is not the configured one",
        DecodeError.AuthenticationTypeMismatch => "the authentication type is not the configured one",
        DecodeError.AuthenticationDataMismatch => "the password is not the configured one",
        DecodeError.IntervalMismatch => "the advertisement interval is not the configured one",
        DecodeError.AddressListMismatch => "the address list is not the configured one",
        DecodeError.FirstAddressNotLinkLocal => "the first IPv6 address is not link-local",
        DecodeError.TrailingData => "there are bytes behind the end of the message",
        DecodeError.ArpTooShort => "the ARP packet is too short",
        DecodeError.ArpFormat => "the ARP packet is not about IPv4 over Ethernet",
        DecodeError.ArpOperation => "the ARP operation is neither request nor reply",
        DecodeError.NeighborType => "the ICMPv6 message is not the expected neighbor discovery message",
        DecodeError.NeighborLength => "the neighbor discovery message is too short",
        DecodeError.NeighborChecksum => "the ICMPv6 checksum is wrong",
        DecodeError.NeighborTarget => "the neighbor discovery target is a multicast address",
        DecodeError.NeighborFlags => "a multicast neighbor advertisement claims to be solicited",
        DecodeError.NeighborOption => "a neighbor discovery option has an impossible length",
        DecodeError.AuthenticationHeaderFormat => "the IP Authentication Header is malformed or carries something else than VRRP",
        DecodeError.AuthenticationHeaderDigest => "the digest of the IP Authentication Header is wrong (another password?)",
        DecodeError.AuthenticationHeaderSpi => "the SPI of the IP Authentication Header is not the sender's address",
        DecodeError.AuthenticationHeaderReplay => "the sequence number of the IP Authentication Header was used before",
        DecodeError.HmacMissing => "there is no HMAC trailer",
        DecodeError.HmacMalformed => "the HMAC trailer is malformed",
        DecodeError.HmacUnknownKey => "the HMAC trailer names a key that is not configured here",
        DecodeError.HmacInvalid => "the HMAC is wrong (another key?)",
        DecodeError.HmacStale => "the HMAC trailer is outside the time window (do the clocks agree?)",
        DecodeError.HmacReplay => "the HMAC trailer was used before",
        DecodeError.HmacUnexpected => "there is an HMAC trailer, and no key is configured here",
        _ => "unknown problem",
    };
}
