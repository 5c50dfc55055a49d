namespace VrrpPS.Protocol.Wire;

/// <summary>
/// Why a received packet is not what it should be; each receive check has its own member, so that each can have its own
/// counter. The values are in the order of the checks: where a packet fails several, the smallest is the reason it is
/// discarded. <see cref="DecodeErrors.IsFinding"/> tells those that are reported but do not discard.
/// </summary>
public enum DecodeError : long
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The frame is shorter than an Ethernet header.</summary>
    FrameTooShort = 1,

    /// <summary>The frame carries a VLAN tag, so it belongs to another segment.</summary>
    VlanTag = 2,

    /// <summary>The frame is for another host's MAC address, or a broadcast.</summary>
    ForeignMacAddress = 3,

    /// <summary>The packet is shorter than an IP header.</summary>
    PacketTooShort = 4,

    /// <summary>The IP version is neither 4 nor 6.</summary>
    IPVersion = 5,

    /// <summary>The IPv4 header length is below 20 bytes or beyond the packet.</summary>
    IPHeaderLength = 6,

    /// <summary>The IP length is shorter than the header or longer than what was received.</summary>
    IPTotalLength = 7,

    /// <summary>The IPv4 header checksum is wrong.</summary>
    IPHeaderChecksum = 8,

    /// <summary>The packet is a fragment. Advertisements are never fragmented.</summary>
    Fragment = 9,

    /// <summary>An IP Authentication Header (protocol 51) is in front of the message; keepalived's <c>auth_type AH</c>, and none was asked for.</summary>
    AuthenticationHeader = 10,

    /// <summary>An IPv6 extension header is in front of the message.</summary>
    ExtensionHeader = 11,

    /// <summary>The IP protocol is not the expected one (112 for VRRP).</summary>
    IPProtocol = 12,

    /// <summary>Source and destination are not addresses of one family (RFC 9568 section 5.2.9).</summary>
    AddressFamily = 13,

    /// <summary>The source address is 0.0.0.0 or ::.</summary>
    SourceUnspecified = 14,

    /// <summary>The source address is a multicast address.</summary>
    SourceMulticast = 15,

    /// <summary>The source address is one of this host's: an own advertisement came back, or an address is used twice.</summary>
    SourceOwn = 16,

    /// <summary>The destination is neither the VRRP group nor an address of this host.</summary>
    ForeignDestination = 17,

    /// <summary>The TTL or hop limit is not 255: the packet came from beyond this link (RFC 9568 sections 5.1.1.3 and 5.1.2.3).</summary>
    TimeToLive = 18,

    /// <summary>The version in the message is neither 2 nor 3.</summary>
    Version = 19,

    /// <summary>Version 2 over IPv6, which does not exist.</summary>
    VersionForFamily = 20,

    /// <summary>The type is not 1, ADVERTISEMENT (RFC 9568 section 5.2.2).</summary>
    Type = 21,

    /// <summary>The message is shorter than its fixed part, its address list and, for version 2, its authentication data.</summary>
    Length = 22,

    /// <summary>The address list is empty (RFC 9568 section 5.2.5, erratum 8299).</summary>
    AddressCountZero = 23,

    /// <summary>The checksum is wrong; for version 3 over IPv4, in both readings of the RFC.</summary>
    Checksum = 24,

    /// <summary>The VRID is 0.</summary>
    VirtualRouterIdZero = 25,

    /// <summary>The advertisement interval is 0 (RFC 9568 section 5.2.7, erratum 8301).</summary>
    IntervalZero = 26,

    /// <summary>The version 2 authentication type is none of 0, 1 and 2 (RFC 3768 section 5.3.6).</summary>
    AuthenticationTypeUnknown = 27,

    /// <summary>The VRID is not the configured one (RFC 9568 section 7.1).</summary>
    VirtualRouterIdMismatch = 28,

    /// <summary>The version is not the configured one.</summary>
    VersionMismatch = 29,

    /// <summary>The version 2 authentication type is not the configured one (RFC 3768 section 7.1).</summary>
    AuthenticationTypeMismatch = 30,

    /// <summary>The version 2 password is not the configured one (RFC 3768 section 7.1).</summary>
    AuthenticationDataMismatch = 31,

    /// <summary>The interval is not the configured one: discards in version 2 (RFC 3768 section 7.1), reported in version 3.</summary>
    IntervalMismatch = 32,

    /// <summary>The address list is not the configured one. Reported; discards only where so configured.</summary>
    AddressListMismatch = 33,

    /// <summary>The first IPv6 address is not link-local (RFC 9568 section 5.2.9, erratum 8300). Reported; discards only where so configured.</summary>
    FirstAddressNotLinkLocal = 34,

    /// <summary>There are bytes behind the end of the message. Reported only.</summary>
    TrailingData = 35,

    /// <summary>The ARP packet is shorter than 28 bytes.</summary>
    ArpTooShort = 36,

    /// <summary>The ARP packet is not about IPv4 over Ethernet.</summary>
    ArpFormat = 37,

    /// <summary>The ARP operation is neither request nor reply.</summary>
    ArpOperation = 38,

    /// <summary>The ICMPv6 message is not the expected neighbor discovery message, or its code is not 0.</summary>
    NeighborType = 39,

    /// <summary>The neighbor discovery message is too short.</summary>
    NeighborLength = 40,

    /// <summary>The ICMPv6 checksum is wrong.</summary>
    NeighborChecksum = 41,

    /// <summary>The target of the neighbor discovery message is a multicast address.</summary>
    NeighborTarget = 42,

    /// <summary>A multicast neighbor advertisement claims to be solicited (RFC 4861 section 7.1.2).</summary>
    NeighborFlags = 43,

    /// <summary>An option of the neighbor discovery message has length 0 or ends beyond the packet.</summary>
    NeighborOption = 44,

    /// <summary>The IP Authentication Header is cut, has another length than 24 bytes or carries something else than VRRP.</summary>
    AuthenticationHeaderFormat = 45,

    /// <summary>The digest of the IP Authentication Header is wrong: another password, or a forgery (RFC 2402 section 3.4.4).</summary>
    AuthenticationHeaderDigest = 46,

    /// <summary>The SPI of the IP Authentication Header is not the sender's address.</summary>
    AuthenticationHeaderSpi = 47,

    /// <summary>The sequence number of the IP Authentication Header was used before: a replay (RFC 2402 section 3.4.3).</summary>
    AuthenticationHeaderReplay = 48,

    /// <summary>There is no HMAC trailer, and one is insisted on (<see cref="HmacMode.Enforce"/>).</summary>
    HmacMissing = 49,

    /// <summary>The HMAC trailer is of an unknown scheme, or its reserved bytes are not zero.</summary>
    HmacMalformed = 50,

    /// <summary>The HMAC trailer names a key that is not configured here.</summary>
    HmacUnknownKey = 51,

    /// <summary>The HMAC is wrong: another key under the same id, or a forgery.</summary>
    HmacInvalid = 52,

    /// <summary>The HMAC trailer is older or newer than the time window allows: clocks that differ, or a recording.</summary>
    HmacStale = 53,

    /// <summary>The sequence of the HMAC trailer does not come after the sender's last one: a recording.</summary>
    HmacReplay = 54,

    /// <summary>There is an HMAC trailer, and no key is configured here to verify it with.</summary>
    HmacUnexpected = 55,
}
