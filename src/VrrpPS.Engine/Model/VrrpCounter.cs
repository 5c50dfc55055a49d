using VrrpPS.Protocol;

namespace VrrpPS;

/// <summary>
/// Counters of one instance since its start or the last <c>Clear-VrrpCounter</c>. Names follow RFC 8347 where it has one
/// (<c>statistics</c>); the rest says what RFC 8347 leaves out.
/// </summary>
public sealed record VrrpCounter
{
    /// <summary>The instance.</summary>
    public required string Name { get; init; }

    /// <summary>The interface it speaks on.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The virtual router identifier.</summary>
    public required int VirtualRouterId { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required AddressFamily AddressFamily { get; init; }

    /// <summary>When counting began (RFC 8347 discontinuity-datetime).</summary>
    public required DateTimeOffset DiscontinuityTime { get; init; }

    /// <summary>Times this node became Master.</summary>
    public long MasterTransitions { get; init; }

    /// <summary>Valid advertisements received.</summary>
    public long AdvertisementReceived { get; init; }

    /// <summary>Advertisements sent.</summary>
    public long AdvertisementSent { get; init; }

    /// <summary>Of <see cref="AdvertisementReceived"/>, those in version 2 that a version 3 instance heard (-Version2Compatibility).</summary>
    public long Version2Received { get; init; }

    /// <summary>Of <see cref="AdvertisementSent"/>, those in version 2 that a version 3 instance sent (-Version2Compatibility).</summary>
    public long Version2Sent { get; init; }

    /// <summary>Advertisements with another interval (version 2: discarded; version 3: adopted).</summary>
    public long IntervalErrors { get; init; }

    /// <summary>Priority 0 received.</summary>
    public long PriorityZeroReceived { get; init; }

    /// <summary>Priority 0 sent.</summary>
    public long PriorityZeroSent { get; init; }

    /// <summary>Packets with another type than advertisement.</summary>
    public long InvalidTypePackets { get; init; }

    /// <summary>Advertisements with another address list.</summary>
    public long AddressListErrors { get; init; }

    /// <summary>Packets shorter than their own count says, or padded.</summary>
    public long PacketLengthErrors { get; init; }

    /// <summary>Packets with a wrong checksum.</summary>
    public long ChecksumErrors { get; init; }

    /// <summary>Packets of another VRRP version.</summary>
    public long VersionErrors { get; init; }

    /// <summary>Packets of virtual routers not configured on the interface.</summary>
    public long VirtualRouterIdErrors { get; init; }

    /// <summary>Packets whose TTL or hop limit was not 255.</summary>
    public long TimeToLiveErrors { get; init; }

    /// <summary>Packets whose authentication type, password or digest differs.</summary>
    public long AuthenticationErrors { get; init; }

    /// <summary>Authenticated packets that were heard before, or are too old or too new: recorded and sent again, or clocks that differ.</summary>
    public long AuthenticationReplays { get; init; }

    /// <summary>Packets without an HMAC, where one is insisted on. Counted above as well.</summary>
    public long HmacMissing { get; init; }

    /// <summary>Packets whose HMAC trailer is of an unknown scheme. Counted above as well.</summary>
    public long HmacMalformed { get; init; }

    /// <summary>Packets signed with a key that is not configured here: a rotation that has not reached every node. Counted above as well.</summary>
    public long HmacUnknownKey { get; init; }

    /// <summary>Packets whose HMAC is wrong: another key under the same id, or a forgery. Counted above as well.</summary>
    public long HmacInvalid { get; init; }

    /// <summary>Signed packets outside the time window: clocks that differ, or a recording. Counted above as well.</summary>
    public long HmacStale { get; init; }

    /// <summary>Signed packets that were heard before: a recording. Counted above as well.</summary>
    public long HmacReplay { get; init; }

    /// <summary>Packets with an HMAC, where no key is configured here. Counted above as well.</summary>
    public long HmacUnexpected { get; init; }

    /// <summary>Packets the IP layer would have refused (header checksum, fragments, destination, source).</summary>
    public long IPHeaderErrors { get; init; }

    /// <summary>Packets from senders outside -AllowedPeer or the unicast peers.</summary>
    public long UnknownPeerPackets { get; init; }

    /// <summary>Advertisements carrying our own source address.</summary>
    public long OwnSourceReceived { get; init; }

    /// <summary>Advertisements over IPv4 with the pseudo-header checksum of RFC 5798 as deployed.</summary>
    public long LegacyChecksumReceived { get; init; }

    /// <summary>Version 3 advertisements over IPv6 whose first address is not link-local (RFC 9568 erratum 8300).</summary>
    public long FirstAddressNotLinkLocal { get; init; }

    /// <summary>Master advertisements missed while Backup (gaps of more than 1.5 intervals).</summary>
    public long AdvertisementsLost { get; init; }

    /// <summary>Announcements (gratuitous ARP, unsolicited NA) sent.</summary>
    public long AnnouncementsSent { get; init; }

    /// <summary>Sends the kernel refused.</summary>
    public long SendErrors { get; init; }

    /// <summary>Virtual addresses put back after somebody removed them.</summary>
    public long AddressesRestored { get; init; }

    /// <summary>Leases that ended because this process stood still.</summary>
    public long LeasesLost { get; init; }

    /// <summary>Times two Masters were heard.</summary>
    public long SplitBrains { get; init; }

    /// <summary>Wake-ups more than a tenth of the interval late.</summary>
    public long LateWakeups { get; init; }

    /// <summary>The latest wake-up so far.</summary>
    public TimeSpan MaxLateness { get; init; }

    /// <summary><see cref="MaxLateness"/> in seconds.</summary>
    public double MaxLatenessSeconds => MaxLateness.TotalSeconds;

    /// <summary>Mean deviation of the Master's advertisements from its interval (RFC 3550 section 6.4.1 estimator).</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary><see cref="Jitter"/> in seconds.</summary>
    public double JitterSeconds => Jitter.TotalSeconds;

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Whether it runs in this session or in the service.</summary>
    public VrrpHost Host { get; init; }
}
