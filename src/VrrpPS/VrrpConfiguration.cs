using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using VrrpPS.Transitions;

namespace VrrpPS;

/// <summary>
/// What one virtual router is told, as PowerShell shows it: plain texts, numbers and durations that survive ConvertTo-Json
/// and Export-Csv. Start-VrrpInstance takes it back unchanged.
/// </summary>
public class VrrpConfiguration
{
    internal VrrpConfiguration(InstanceConfiguration configuration) => Configuration = configuration;

    /// <summary>The instance's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>The interface it speaks on.</summary>
    public string InterfaceName => Configuration.InterfaceName;

    /// <summary>The virtual router identifier, 1..255.</summary>
    public int VirtualRouterId => Configuration.VirtualRouterId;

    /// <summary>IPv4 or IPv6.</summary>
    public AddressFamily AddressFamily => Configuration.AddressFamily;

    /// <summary>2 or 3.</summary>
    public int Version => (int)Configuration.Version;

    /// <summary>The configured priority; trackers may lower the one in force.</summary>
    public int Priority => Configuration.Priority;

    /// <summary>The advertised virtual addresses with their prefix lengths and options.</summary>
    public VrrpList<string> VirtualIPAddress => Texts(Configuration.VirtualAddresses.Where(static address => address.Advertised).ToVrrpList());

    /// <summary>The virtual addresses that are bound and announced but not advertised.</summary>
    public VrrpList<string> ExcludedVirtualIPAddress => Texts(Configuration.VirtualAddresses.Where(static address => !address.Advertised).ToVrrpList());

    /// <summary>The routes of a Master.</summary>
    public VrrpList<string> VirtualRoute => Texts(Configuration.VirtualRoutes);

    /// <summary>The routing rules of a Master.</summary>
    public VrrpList<string> VirtualRule => Texts(Configuration.VirtualRules);

    /// <summary>The time between two advertisements.</summary>
    public TimeSpan AdvertisementInterval => Configuration.AdvertisementInterval.ToTimeSpan();

    /// <summary><see cref="AdvertisementInterval"/> in seconds.</summary>
    public double AdvertisementIntervalSeconds => AdvertisementInterval.TotalSeconds;

    /// <summary>Whether a version 3 instance also speaks version 2.</summary>
    public bool Version2Compatibility => Configuration.Version2Compatibility;

    /// <summary>How many advertisements may be missing before the Master is taken for dead.</summary>
    public int DownTimerAdvert => Configuration.DownTimerAdverts;

    /// <summary>Whether the owner of the addresses takes no notice of other routers.</summary>
    public bool OwnerIgnoreAdvert => Configuration.OwnerIgnoreAdverts;

    /// <summary>The highest priority of the nodes that may have taken over when a timer fired late; null when late timers are of no consequence.</summary>
    public int? TimerExpiredBackup => Configuration.TimerExpiredBackup > 0 ? Configuration.TimerExpiredBackup : null;

    /// <summary>Whether a Master with a lower priority is replaced.</summary>
    public bool Preempt => Configuration.Preempt;

    /// <summary>How long such a Master is left alone first.</summary>
    public TimeSpan PreemptDelay => Configuration.PreemptDelay;

    /// <summary><see cref="PreemptDelay"/> in seconds.</summary>
    public double PreemptDelaySeconds => PreemptDelay.TotalSeconds;

    /// <summary>How long the instance only listens after its start.</summary>
    public TimeSpan StartupDelay => Configuration.StartupDelay;

    /// <summary><see cref="StartupDelay"/> in seconds.</summary>
    public double StartupDelaySeconds => StartupDelay.TotalSeconds;

    /// <summary>How long after the boot of the host it only listens.</summary>
    public TimeSpan DelayAfterBoot => Configuration.DelayAfterBoot;

    /// <summary><see cref="DelayAfterBoot"/> in seconds.</summary>
    public double DelayAfterBootSeconds => DelayAfterBoot.TotalSeconds;

    /// <summary>Whether it stays in Fault without unicast peers.</summary>
    public bool RequireUnicastPeer => Configuration.RequireUnicastPeer;

    /// <summary>The peers to send to instead of the multicast group; empty means multicast.</summary>
    public VrrpList<string> UnicastPeer => Texts(Configuration.UnicastPeers);

    /// <summary>The only senders that are listened to; empty means everyone on the link.</summary>
    public VrrpList<string> AllowedPeer => Texts(Configuration.AllowedPeers);

    /// <summary>The TTL or hop limit that advertisements to unicast peers leave with.</summary>
    public int UnicastTimeToLive => Configuration.UnicastTimeToLive;

    /// <summary>How far away unicast peers may be.</summary>
    public VrrpList<string> PeerTimeToLive => Texts(Configuration.PeerTimeToLive);

    /// <summary>The multicast group; null means the protocol's own.</summary>
    public string? MulticastGroup => Configuration.MulticastGroup?.ToString();

    /// <summary>Whether a Master leaves an advertisement of a lower priority without an answer.</summary>
    public bool NoLowerPriorityAnswer => !Configuration.AnswerLowerPriority;

    /// <summary>Whether a Master advertises once more before it yields.</summary>
    public bool AdvertiseBeforeYielding => Configuration.AdvertiseBeforeYielding;

    /// <summary>Whether a Master accepts what is sent to the virtual addresses; the owner (priority 255) always does.</summary>
    public bool AcceptMode => Configuration.AcceptMode;

    /// <summary>When, after becoming Master, all addresses are announced again.</summary>
    public VrrpList<string> AnnouncementRepeat => Configuration.Announcement.RepeatAfter.Select(DurationText.Format).ToVrrpList();

    /// <summary>How often a Master announces its addresses again; zero means never.</summary>
    public TimeSpan AnnouncementRefresh => Configuration.Announcement.RefreshInterval;

    /// <summary><see cref="AnnouncementRefresh"/> in seconds.</summary>
    public double AnnouncementRefreshSeconds => AnnouncementRefresh.TotalSeconds;

    /// <summary>How often every such refresh is announced.</summary>
    public int AnnouncementRefreshRepeat => Configuration.Announcement.RefreshRepeat;

    /// <summary>The gap between two announcements of a long burst.</summary>
    public TimeSpan AnnouncementInterval => Configuration.Announcement.Spacing;

    /// <summary><see cref="AnnouncementInterval"/> in seconds.</summary>
    public double AnnouncementIntervalSeconds => AnnouncementInterval.TotalSeconds;

    /// <summary>How often each address is announced at a time.</summary>
    public int AnnouncementCopy => Configuration.Announcement.Copies;

    /// <summary>How often each address is announced after an advertisement of a lower priority.</summary>
    public int LowerPriorityAnnouncementCopy => Configuration.Announcement.LowerPriorityCopies;

    /// <summary>How long after that it is announced once more; zero means never.</summary>
    public TimeSpan LowerPriorityAnnouncementDelay => Configuration.Announcement.LowerPriorityDelay;

    /// <summary><see cref="LowerPriorityAnnouncementDelay"/> in seconds.</summary>
    public double LowerPriorityAnnouncementDelaySeconds => LowerPriorityAnnouncementDelay.TotalSeconds;

    /// <summary>The address to send from; null lets the interface decide.</summary>
    public string? SourceAddress => Configuration.SourceAddress?.ToString();

    /// <summary>Whether advertisements carry a password or a digest; the password itself is never shown.</summary>
    public bool HasAuthentication => AuthenticationType is not null || Configuration.Hmac is not null;

    /// <summary>What is done with the password; null without one.</summary>
    public AuthenticationMethod? AuthenticationType => Configuration.AuthenticationPass is null ? null : Configuration.AuthenticationType;

    /// <summary>The ids of the HMAC keys; a key itself is never shown.</summary>
    public VrrpList<int> HmacKeyId => (Configuration.Hmac?.Keys ?? []).Select(static key => key.Id).ToVrrpList();

    /// <summary>The id of the HMAC key that signs; null without keys.</summary>
    public int? HmacActiveKey => Configuration.Hmac?.ActiveKey;

    /// <summary>How far a signature is insisted on; null without HMAC keys.</summary>
    public HmacMode? HmacMode => Configuration.Hmac?.Mode;

    /// <summary>What keeps recorded advertisements out; null without HMAC keys.</summary>
    public HmacAntiReplay? HmacAntiReplay => Configuration.Hmac?.AntiReplay;

    /// <summary>By how much the nodes' clocks may differ; null when clocks are not compared.</summary>
    public TimeSpan? HmacTimeWindow => Configuration.Hmac?.WindowSeconds(Configuration.AdvertisementInterval) is { } seconds and > 0
        ? TimeSpan.FromSeconds(seconds)
        : null;

    /// <summary><see cref="HmacTimeWindow"/> in seconds.</summary>
    public double? HmacTimeWindowSeconds => HmacTimeWindow?.TotalSeconds;

    /// <summary>What the checksum of version 3 over IPv4 covers.</summary>
    public ChecksumStyle ChecksumStyle => Configuration.ChecksumStyle;

    /// <summary>The kernel lifetime of a bound address; null when derived from the interval.</summary>
    public TimeSpan? AddressLease => Configuration.AddressLease;

    /// <summary><see cref="AddressLease"/> in seconds.</summary>
    public double? AddressLeaseSeconds => AddressLease?.TotalSeconds;

    /// <summary>Whether addresses are bound for ever.</summary>
    public bool NoAddressLease => Configuration.NoAddressLease;

    /// <summary>Whether the addresses have a MAC address that moves with them.</summary>
    public bool UseVirtualMac => Configuration.VirtualMac is not null;

    /// <summary>The name of the link with that MAC address; null without one.</summary>
    public string? VirtualMacName => Configuration.VirtualMac?.NameFor(Configuration);

    /// <summary>That MAC address; null without one.</summary>
    public string? VirtualMacAddress => Configuration.VirtualMac?.AddressFor(Configuration).ToString();

    /// <summary>Whether advertisements leave with the MAC address of the interface itself although there is a virtual one.</summary>
    public bool TransmitFromBase => Configuration.VirtualMac is { TransmitFromBase: true };

    /// <summary>Whether advertisements are discarded that the RFC wants discarded although deployed peers send them.</summary>
    public bool Strict => Configuration.Strict;

    /// <summary>Whether version 2 discards advertisements with another list of addresses.</summary>
    public bool StrictAddressList => Configuration.StrictAddressList;

    /// <summary>The sync group whose members are Master together or not at all; null for none.</summary>
    public string? SyncGroup => Configuration.SyncGroup;

    /// <summary>Whom the sync group tells of its state as a whole.</summary>
    public string SyncGroupNotification => Configuration.SyncGroupOptions.Notification.ToString();

    /// <summary>The interfaces and health checks that the sync group tracks for all its members.</summary>
    public VrrpList<string> SyncGroupTracker => Configuration.SyncGroupOptions.TrackInterfaces.Concat(Texts(Configuration.SyncGroupOptions.Trackers)).ToVrrpList();

    /// <summary>Other interfaces that must be up.</summary>
    public VrrpList<string> TrackInterface => Configuration.TrackInterfaces;

    /// <summary>The health checks.</summary>
    public VrrpList<VrrpTracker> Tracker => Configuration.Trackers.Select(static tracker => new VrrpTracker(tracker)).ToVrrpList();

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace => Configuration.NetworkNamespace;

    /// <summary>Whom the instance tells what happens to it, beside this session: commands, FIFOs, a file, mail.</summary>
    public string Notification => Configuration.Notification.ToString();

    /// <summary>The name that the configuration file gives this node in messages; null for the host name, and for what is from no file.</summary>
    public string? RouterId { get; internal init; }

    /// <summary>The script that runs for each change of state; null for none.</summary>
    public string? OnTransition => Script?.Text;

    internal InstanceConfiguration Configuration { get; }

    internal virtual TransitionScript? Script { get; init; }

    internal InstanceKey Key => new(Configuration.Name, Configuration.NetworkNamespace);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static VrrpList<string> Texts<T>(VrrpList<T> items)
        where T : notnull => items.Select(static item => item.ToString() ?? string.Empty).ToVrrpList();
}
