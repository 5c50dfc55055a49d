using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Configuration;

/// <summary>
/// Everything that one virtual router on one interface is told: an immutable value, compared by content. Every way in
/// (cmdlet parameters, JSON, keepalived.conf) ends here, and <c>ConfigurationValidator</c> is the one place that judges it.
/// </summary>
public sealed record InstanceConfiguration
{
    /// <summary>The instance's name, unique within its network namespace. By default <c>interface-vrid-v4|v6</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The interface that carries advertisements and addresses.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The virtual router identifier, 1..255 (RFC 9568 section 5.2.3).</summary>
    public required int VirtualRouterId { get; init; }

    /// <summary>The IP version this virtual router serves.</summary>
    public required AddressFamily AddressFamily { get; init; }

    /// <summary>The virtual addresses, in the order they are advertised.</summary>
    public required VrrpList<VirtualAddress> VirtualAddresses { get; init; }

    /// <summary>Routes that a Master installs after its addresses and removes with them; of either family.</summary>
    public VrrpList<VirtualRoute> VirtualRoutes { get; init; } = [];

    /// <summary>Routing rules that a Master installs before those routes; of either family.</summary>
    public VrrpList<VirtualRule> VirtualRules { get; init; } = [];

    /// <summary>The protocol version. IPv6 has only version 3.</summary>
    public VrrpVersion Version { get; init; } = VrrpVersion.V3;

    /// <summary>
    /// Version 3 over IPv4 beside peers that know only version 2: advertisements are sent in both versions and heard in both (RFC 9568
    /// section 8.4.2). For the time of a migration; version 2 takes whole seconds, so its interval is rounded up.
    /// </summary>
    public bool Version2Compatibility { get; init; }

    /// <summary>1..254, or 255 for the owner of the addresses (RFC 9568 section 5.2.4).</summary>
    public int Priority { get; init; } = 100;

    /// <summary>The advertisement interval (RFC 9568 section 5.2.7; whole seconds in version 2).</summary>
    public Interval AdvertisementInterval { get; init; } = Interval.OneSecond;

    /// <summary>How many advertisements may be missing before the Master is taken for dead, 1..100; 3 in RFC 9568 section 6.1. The same on every node.</summary>
    public int DownTimerAdverts { get; init; } = ElectionTimers.MissedAdvertisements;

    /// <summary>Whether the owner of the addresses (priority 255) takes no notice of other routers' advertisements.</summary>
    public bool OwnerIgnoreAdverts { get; init; }

    /// <summary>
    /// The highest priority of the other nodes, 1..254: a Master that stood still for so long that such a node may have taken over
    /// becomes Backup. 0 leaves that to the address lease and to what is heard. Only without <see cref="Preempt"/>.
    /// </summary>
    public int TimerExpiredBackup { get; init; }

    /// <summary>Whether to take over from a Master with a lower priority (RFC 9568 section 6.1 Preempt_Mode).</summary>
    public bool Preempt { get; init; } = true;

    /// <summary>How long a lower-priority Master is left alone before it is preempted. 0..1000 s.</summary>
    public TimeSpan PreemptDelay { get; init; }

    /// <summary>How long after start the instance only listens. 0..1 h.</summary>
    public TimeSpan StartupDelay { get; init; }

    /// <summary>
    /// How long after the boot of the host the instance only listens, when it starts before that; the longer of this and
    /// <see cref="StartupDelay"/> counts. 0..1 h. A service that is restarted later is not held back by it.
    /// </summary>
    public TimeSpan DelayAfterBoot { get; init; }

    /// <summary>The peers to send to instead of the multicast group; empty means multicast.</summary>
    public VrrpList<InetAddress> UnicastPeers { get; init; } = [];

    /// <summary>Whether the instance stays in Fault while it has no <see cref="UnicastPeers"/>, instead of speaking to the multicast group.</summary>
    public bool RequireUnicastPeer { get; init; }

    /// <summary>The TTL or hop limit that advertisements to unicast peers leave with, 1..255 (RFC 9568 section 5.1.1.3 wants 255).</summary>
    public int UnicastTimeToLive { get; init; } = 255;

    /// <summary>How far away each unicast peer may be; advertisements from further or nearer are discarded.</summary>
    public VrrpList<PeerTimeToLive> PeerTimeToLive { get; init; } = [];

    /// <summary>The multicast group; null means the protocol's own (224.0.0.18, ff02::12). The same on every node.</summary>
    public InetAddress? MulticastGroup { get; init; }

    /// <summary>Whether a Master answers an advertisement of a lower priority at once (RFC 9568 section 6.4.3); its announcements leave either way.</summary>
    public bool AnswerLowerPriority { get; init; } = true;

    /// <summary>Whether a Master that yields to a higher priority advertises once more, so that the winner announces its addresses again.</summary>
    public bool AdvertiseBeforeYielding { get; init; }

    /// <summary>
    /// Whether a Master accepts what is sent to the addresses (RFC 9568 section 6.1 Accept_Mode, which is off there). Off, it only forwards for
    /// those who use them as a gateway, and answers ARP and neighbour discovery. The owner of the addresses always accepts.
    /// </summary>
    public bool AcceptMode { get; init; } = true;

    /// <summary>A MAC address that moves with the addresses; null means that of the interface.</summary>
    public VirtualMacOptions? VirtualMac { get; init; }

    /// <summary>The only senders to listen to; empty means everyone on the link.</summary>
    public VrrpList<InetAddress> AllowedPeers { get; init; } = [];

    /// <summary>The address to send from; otherwise the interface's primary (IPv4) or link-local (IPv6) address.</summary>
    public InetAddress? SourceAddress { get; init; }

    /// <summary>Version 2 password, at most 8 bytes of ASCII (RFC 2338 section 5.3.6); otherwise none.</summary>
    public Secret? AuthenticationPass { get; init; }

    /// <summary>What is done with the password; means nothing without one.</summary>
    public AuthenticationMethod AuthenticationType { get; init; }

    /// <summary>Signed advertisements; null means none. Excludes a password.</summary>
    public HmacConfiguration? Hmac { get; init; }

    /// <summary>What the checksum of version 3 over IPv4 covers.</summary>
    public ChecksumStyle ChecksumStyle { get; init; } = ChecksumStyle.Auto;

    /// <summary>The kernel lifetime of a bound address; by default derived from the interval. At least 2 s, whole seconds.</summary>
    public TimeSpan? AddressLease { get; init; }

    /// <summary>Binds addresses for ever, as keepalived does: whoever kills the process leaves them behind.</summary>
    public bool NoAddressLease { get; init; }

    /// <summary>The named network namespace (as <c>ip netns</c> knows it) or null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>
    /// The sync group: the instances of the same namespace that name it are Master together or not at all. Null for none.
    /// </summary>
    public string? SyncGroup { get; init; }

    /// <summary>What that group has of its own; <see cref="SyncGroupOptions.None"/> leaves it to the other members.</summary>
    public SyncGroupOptions SyncGroupOptions { get; init; } = SyncGroupOptions.None;

    /// <summary>Other interfaces that must be up; while one is not, the instance is in Fault.</summary>
    public VrrpList<string> TrackInterfaces { get; init; } = [];

    /// <summary>Health checks; each names what follows when it fails.</summary>
    public VrrpList<TrackerConfiguration> Trackers { get; init; } = [];

    /// <summary>How announcements (gratuitous ARP, unsolicited NA) are repeated.</summary>
    public AnnouncementOptions Announcement { get; init; } = AnnouncementOptions.Default;

    /// <summary>Discards advertisements that RFC 9568 wants discarded but deployed peers send (RFC 9568 errata 8300).</summary>
    public bool Strict { get; init; }

    /// <summary>Version 2: discards an advertisement whose address list differs (RFC 3768 section 7.1, a MAY).</summary>
    public bool StrictAddressList { get; init; }

    /// <summary>Whom the instance tells what happens to it: commands, FIFOs, a file, e-mail.</summary>
    public NotificationOptions Notification { get; init; } = NotificationOptions.None;

    /// <summary>The default name of an instance.</summary>
    public static string DefaultName(string interfaceName, int virtualRouterId, AddressFamily family)
        => $"{interfaceName}-{virtualRouterId}-{(family == AddressFamily.IPv4 ? "v4" : "v6")}";
}
