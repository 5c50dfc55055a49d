using System.Management.Automation;
using System.Net;
using System.Security;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Errors;
using VrrpPS.Parameters;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Commands;

/// <summary>
/// The values of an instance as parameters. None binds by property name: what Get-VrrpState shows (a priority that a
/// tracker lowered, say) must not become the configuration by being piped in. Only what was typed changes anything.
/// </summary>
public abstract partial class InstanceValueCmdlet : VrrpCmdlet
{
    /// <summary>1..254, or 255 for the owner of the addresses; the highest becomes Master. A new instance has 100.</summary>
    [Parameter]
    public int Priority { get; set; }

    /// <summary>The time between two advertisements: 0.01..40.95 s in version 3, whole seconds in version 2. A new instance has 1 s.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? AdvertisementInterval { get; set; }

    /// <summary>In version 3 over IPv4: advertises in version 2 as well and listens to both, for the time of a migration. What version 2 says is rounded up to whole seconds. Not with HMAC keys.</summary>
    [Parameter]
    public SwitchParameter Version2Compatibility { get; set; }

    /// <summary>How many advertisements may be missing before the Master is taken for dead, 1..100, the same on every node. A new instance has 3.</summary>
    [Parameter]
    public int DownTimerAdvert { get; set; }

    /// <summary>With priority 255: takes no notice of other routers' advertisements.</summary>
    [Parameter]
    public SwitchParameter OwnerIgnoreAdvert { get; set; }

    /// <summary>With -NoPreempt: the highest priority of the other nodes, 1..254. A Master that stood still for so long that such a node may have taken over becomes Backup; 0 switches that off.</summary>
    [Parameter]
    public int TimerExpiredBackup { get; set; }

    /// <summary>Leaves a Master with a lower priority alone.</summary>
    [Parameter]
    public SwitchParameter NoPreempt { get; set; }

    /// <summary>How long a Master with a lower priority is left alone before it is replaced; 0..1000 s.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? PreemptDelay { get; set; }

    /// <summary>How long the instance only listens after its start; 0..1 h.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? StartupDelay { get; set; }

    /// <summary>How long after the boot of the host an instance that starts before that only listens; 0..1 h. The longer of this and -StartupDelay counts.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? DelayAfterBoot { get; set; }

    /// <summary>
    /// Further addresses that a Master binds and announces but does not advertise, of either family; an empty list removes them.
    /// Options may follow an address as in 'ip address add': '192.0.2.9/24 dev eth1 label eth1:v'.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? ExcludedVirtualIPAddress { get; set; }

    /// <summary>
    /// Routes that a Master installs after its addresses and removes with them, in the words of 'ip route add':
    /// '10.0.0.0/8 via 192.0.2.1 metric 5'; an empty list removes them.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? VirtualRoute { get; set; }

    /// <summary>
    /// Routing rules that a Master installs, in the words of 'ip rule add': 'from 192.0.2.0/24 table 100 priority 1000'; an empty
    /// list removes them.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? VirtualRule { get; set; }

    /// <summary>Peers to send to instead of the multicast group; an empty list returns to multicast.</summary>
    [Parameter]
    [IPAddressList]
    [AllowEmptyCollection]
    public IPAddress[]? UnicastPeer { get; set; }

    /// <summary>Stays in Fault while there is no -UnicastPeer, instead of speaking to the multicast group.</summary>
    [Parameter]
    public SwitchParameter RequireUnicastPeer { get; set; }

    /// <summary>The only senders to listen to; an empty list listens to everyone on the link.</summary>
    [Parameter]
    [IPAddressList]
    [AllowEmptyCollection]
    public IPAddress[]? AllowedPeer { get; set; }

    /// <summary>The address to send from; without one it is the interface's primary (IPv4) or link-local (IPv6) address.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SourceAddressCompleter))]
    public string? SourceAddress { get; set; }

    /// <summary>The password of version 2, at most 8 characters. Unless -AuthenticationType is AH it crosses the link readable by all and only guards against mistakes.</summary>
    [Parameter]
    public SecureString? AuthenticationPass { get; set; }

    /// <summary>What is done with the password: Pass sends it in clear text, AH keys an IP Authentication Header with it. A new instance has Pass.</summary>
    [Parameter]
    public AuthenticationMethod AuthenticationType { get; set; }

    /// <summary>A key of 32 to 64 bytes that signs advertisements with HMAC-SHA256, as keepalived 2.4 does with auth_hmac: hex: and two digits for each byte, or the characters themselves. A running instance gets it beside the keys it has.</summary>
    [Parameter]
    public SecureString? HmacKey { get; set; }

    /// <summary>The id of -HmacKey, 1..255; the same for the same key on every node. 1 unless given.</summary>
    [Parameter]
    public int HmacKeyId { get; set; } = 1;

    /// <summary>The id of the key that signs; the first key of an instance unless given.</summary>
    [Parameter]
    public int HmacActiveKey { get; set; }

    /// <summary>Enforce signs and refuses what is not signed, Permissive signs and accepts it, ReceiveOnly only verifies. The first key of an instance comes with Enforce.</summary>
    [Parameter]
    public HmacMode HmacMode { get; set; }

    /// <summary>Time compares the nodes' clocks, Monotonic only the order of advertisements. The first key of an instance comes with Time.</summary>
    [Parameter]
    public HmacAntiReplay HmacAntiReplay { get; set; }

    /// <summary>By how much the nodes' clocks may differ: whole seconds, 1..300 s; three intervals but at least 5 s unless given.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? HmacTimeWindow { get; set; }

    /// <summary>The sync group: instances of one network namespace that name the same group are Master together or not at all. An empty text takes the instance out of its group.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SyncGroupCompleter))]
    public string? SyncGroup { get; set; }

    /// <summary>Other interfaces that must be up; while one is not, the instance is in Fault.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[]? TrackInterface { get; set; }

    /// <summary>Health checks from New-VrrpTracker; the whole list. An empty one ends all checks.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public VrrpTracker[]? Tracker { get; set; }

    /// <summary>What the checksum of version 3 over IPv4 covers; Auto follows the Master.</summary>
    [Parameter]
    public ChecksumStyle ChecksumStyle { get; set; }

    /// <summary>The kernel lifetime of a bound address: whole seconds, 2 s or more; without one it is derived from the interval.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? AddressLease { get; set; }

    /// <summary>Discards advertisements that the RFC wants discarded although deployed peers send them, and warns of everything in the configuration that is not as the RFC has it. Nothing is changed for that.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Binds addresses for ever: a killed process leaves them behind.</summary>
    [Parameter]
    public SwitchParameter NoAddressLease { get; set; }

    /// <summary>The configuration with what was typed in place of what it had.</summary>
    private protected InstanceConfiguration WithTyped(InstanceConfiguration configuration)
    {
        var result = configuration with
        {
            Priority = Typed(nameof(Priority)) ? Priority : configuration.Priority,
            Version2Compatibility = Typed(nameof(Version2Compatibility)) ? Version2Compatibility : configuration.Version2Compatibility,
            DownTimerAdverts = Typed(nameof(DownTimerAdvert)) ? DownTimerAdvert : configuration.DownTimerAdverts,
            OwnerIgnoreAdverts = Typed(nameof(OwnerIgnoreAdvert)) ? OwnerIgnoreAdvert : configuration.OwnerIgnoreAdverts,
            TimerExpiredBackup = Typed(nameof(TimerExpiredBackup)) ? TimerExpiredBackup : configuration.TimerExpiredBackup,
            Preempt = Typed(nameof(NoPreempt)) ? !NoPreempt : configuration.Preempt,
            PreemptDelay = PreemptDelay?.Value ?? configuration.PreemptDelay,
            StartupDelay = StartupDelay?.Value ?? configuration.StartupDelay,
            DelayAfterBoot = DelayAfterBoot?.Value ?? configuration.DelayAfterBoot,
            RequireUnicastPeer = Typed(nameof(RequireUnicastPeer)) ? RequireUnicastPeer : configuration.RequireUnicastPeer,
            UnicastPeers = UnicastPeer is null ? configuration.UnicastPeers : Addresses(UnicastPeer),
            VirtualMac = WithTypedVirtualMac(configuration),
            AllowedPeers = AllowedPeer is null ? configuration.AllowedPeers : Addresses(AllowedPeer),
            VirtualRoutes = VirtualRoute is null ? configuration.VirtualRoutes : VirtualRoute.Select(Engine.Configuration.Routing.VirtualRoute.Parse).ToVrrpList(),
            VirtualRules = VirtualRule is null ? configuration.VirtualRules : VirtualRule.Select(Engine.Configuration.Routing.VirtualRule.Parse).ToVrrpList(),
            SourceAddress = SourceAddress is null ? configuration.SourceAddress : ParseAddress(SourceAddress),
            AuthenticationPass = AuthenticationPass is null ? configuration.AuthenticationPass : SecretReader.Read(AuthenticationPass),
            Hmac = WithTypedHmac(configuration),
            AuthenticationType = Typed(nameof(AuthenticationType)) ? AuthenticationType : configuration.AuthenticationType,
            Strict = Typed(nameof(Strict)) ? Strict : configuration.Strict,
            TrackInterfaces = TrackInterface is null ? configuration.TrackInterfaces : TrackInterface.ToVrrpList(),
            Trackers = Tracker is null ? configuration.Trackers : Tracker.Select(static tracker => tracker.Configuration).ToVrrpList(),
            ChecksumStyle = Typed(nameof(ChecksumStyle)) ? ChecksumStyle : configuration.ChecksumStyle,
            Notification = WithTyped(configuration.Notification),
            AdvertisementInterval = AdvertisementInterval is null ? configuration.AdvertisementInterval : ReadInterval(configuration.Version),
        };
        if (ExcludedVirtualIPAddress is not null)
        {
            var excluded = ExcludedVirtualIPAddress.Select(static text => VirtualAddress.Parse(text) with { Advertised = false });
            result = result with { VirtualAddresses = result.VirtualAddresses.Where(static a => a.Advertised).Concat(excluded).ToVrrpList() };
        }

        return WithTypedGroup(WithTypedTransport(WithTypedLease(result)));
    }

    /// <summary>Warns of what is not as the RFC has it, if that was asked for.</summary>
    private protected void WarnIfStrict(InstanceConfiguration configuration)
    {
        foreach (var finding in configuration.Strict ? StrictReport.Of(configuration) : [])
        {
            WriteWarning($"{configuration.Name}: {finding}");
        }
    }

    /// <summary>Refuses an interval that this process cannot keep, warns of one that it may not.</summary>
    private protected void CheckSessionInterval(InstanceConfiguration configuration, bool force)
    {
        if (configuration.AdvertisementInterval < new Interval(10) && !force)
        {
            throw VrrpErrors.IntervalUnsafeInSession(configuration.Name, configuration.AdvertisementInterval);
        }

        if (configuration.AdvertisementInterval < new Interval(50))
        {
            WriteWarning(VrrpErrors.IntervalWarning(configuration.Name, configuration.AdvertisementInterval));
        }
    }

    private static VrrpList<InetAddress> Addresses(IPAddress[] addresses) => addresses.Select(InetAddress.From).ToVrrpList();

    private static InetAddress ParseAddress(string text)
        => InetAddress.TryParse(text, out var address) ? address : throw VrrpErrors.NotAnAddress("the source address", text);

    private HmacConfiguration? WithTypedHmac(InstanceConfiguration configuration)
    {
        var hmac = configuration.Hmac;
        if (HmacKey is not null)
        {
            var key = new HmacKey(HmacKeyId, SecretReader.ReadHmacKey(HmacKey));
            hmac = hmac?.With(key) ?? new HmacConfiguration { Keys = [key], ActiveKey = HmacKeyId };
        }

        if (hmac is null)
        {
            return Typed(nameof(HmacKeyId)) || Typed(nameof(HmacActiveKey)) || Typed(nameof(HmacMode)) || Typed(nameof(HmacAntiReplay)) || HmacTimeWindow is not null
                ? throw VrrpErrors.InvalidAuthentication($"'{configuration.Name}' has no HMAC key that this could apply to. Give one with -HmacKey.")
                : null;
        }

        return hmac with
        {
            ActiveKey = Typed(nameof(HmacActiveKey)) ? HmacActiveKey : hmac.ActiveKey,
            Mode = Typed(nameof(HmacMode)) ? HmacMode : hmac.Mode,
            AntiReplay = Typed(nameof(HmacAntiReplay)) ? HmacAntiReplay : hmac.AntiReplay,
            TimeWindow = HmacTimeWindow?.Value ?? hmac.TimeWindow,
        };
    }

    private InstanceConfiguration WithTypedGroup(InstanceConfiguration configuration)
    {
        string? group = !Typed(nameof(SyncGroup)) ? configuration.SyncGroup : string.IsNullOrEmpty(SyncGroup) ? null : SyncGroup;

        // What one group has of its own is not the next one's.
        var options = group == configuration.SyncGroup ? configuration.SyncGroupOptions : SyncGroupOptions.None;
        return configuration with
        {
            SyncGroup = group,
            SyncGroupOptions = SyncGroupNotification is null ? options : options with { Notification = NotificationSet.Join(SyncGroupNotification) },
        };
    }

    private InstanceConfiguration WithTypedLease(InstanceConfiguration configuration)
    {
        if (AddressLease is not null)
        {
            return configuration with { AddressLease = AddressLease.Value, NoAddressLease = NoAddressLease };
        }

        return Typed(nameof(NoAddressLease))
            ? configuration with { NoAddressLease = NoAddressLease, AddressLease = NoAddressLease ? null : configuration.AddressLease }
            : configuration;
    }

    private Interval ReadInterval(VrrpVersion version)
        => Interval.TryFromTimeSpan(AdvertisementInterval!.Value, version, out var interval)
            ? interval
            : throw VrrpErrors.InvalidInterval(DurationText.Format(AdvertisementInterval.Value), version);
}
