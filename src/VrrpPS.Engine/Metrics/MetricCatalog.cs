using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Metrics;

/// <summary>All metrics. Names, units and attributes are part of the public surface; docs/metrics.md lists them.</summary>
public static partial class MetricCatalog
{
    private static readonly (RouterState State, string Name)[] s_states =
        [.. Enum.GetValues<RouterState>().Select(static state => (state, state.ToString().ToLowerInvariant()))];

    /// <summary>In the order in which they are exported.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("vrrp.instance.state", MetricKind.Gauge, "{state}", "1 for the state that the instance is in, 0 for the others.", [MetricAttributes.State],
            static snapshot => snapshot.States.SelectMany(static state => s_states.Select(known => Point(state, known.State == state.State ? 1 : 0, new KeyValuePair<string, object?>(MetricAttributes.State, known.Name))))),
        Gauge("vrrp.instance.state.duration", "s", "Time since the last change of state; absent before the first.",
            static (state, now) => state.LastTransition is { } last ? Math.Max(0, (now - last).TotalSeconds) : null),
        Gauge("vrrp.instance.priority", "{priority}", "The priority in force.", static (state, _) => state.Priority),
        Gauge("vrrp.instance.priority.configured", "{priority}", "The priority before trackers.", static (state, _) => state.BasePriority),
        Gauge("vrrp.instance.faults", "{reason}", "Reasons why the instance cannot take part.", static (state, _) => state.FaultReason.Count),
        Gauge("vrrp.instance.warnings", "{warning}", "What is wrong although the instance takes part.", static (state, _) => state.Warning.Count),
        Gauge("vrrp.instance.held", "{instance}", "1 while a node that was moved away from does not preempt.", static (state, _) => state.Held ? 1 : 0),
        Gauge("vrrp.addresses.configured", "{address}", "Virtual addresses of the instance.", static (state, _) => state.VirtualIPAddress.Count),
        Gauge("vrrp.addresses.bound", "{address}", "Virtual addresses that are bound on this node.", static (state, _) => state.VirtualIPAddress.Count(static address => address.Bound)),
        Counter("vrrp.instance.transitions.master", "{transition}", "Times this node became Master.", static counter => counter.MasterTransitions),
        Counter("vrrp.advertisements.sent", "{advertisement}", "Advertisements sent.", static counter => counter.AdvertisementSent),
        Counter("vrrp.advertisements.received", "{advertisement}", "Valid advertisements received.", static counter => counter.AdvertisementReceived),
        Counter("vrrp.advertisements.lost", "{advertisement}", "Advertisements of the Master that a Backup missed.", static counter => counter.AdvertisementsLost),
        Counter("vrrp.advertisements.priority_zero.sent", "{advertisement}", "Resignations sent.", static counter => counter.PriorityZeroSent),
        Counter("vrrp.advertisements.priority_zero.received", "{advertisement}", "Resignations received.", static counter => counter.PriorityZeroReceived),
        Gauge("vrrp.advertisements.jitter", "s", "Mean deviation of the Master's advertisements from its interval.", static counter => counter.JitterSeconds),
        new("vrrp.errors", MetricKind.Counter, "{packet}", "Packets that were refused, differ from the configuration, or could not be sent, by reason.", [MetricAttributes.Reason],
            static snapshot => snapshot.Counters.SelectMany(static counter => Errors(counter).Select(error => Point(counter, error.Count, new KeyValuePair<string, object?>(MetricAttributes.Reason, error.Reason))))),
        new("vrrp.hmac.errors", MetricKind.Counter, "{packet}", "The packets among vrrp.errors with another or no HMAC, by reason.", [MetricAttributes.Reason],
            static snapshot => snapshot.Counters.SelectMany(static counter => HmacErrors(counter).Select(error => Point(counter, error.Count, new KeyValuePair<string, object?>(MetricAttributes.Reason, error.Reason))))),
        Counter("vrrp.announcements.sent", "{announcement}", "Gratuitous ARP and unsolicited neighbor advertisements sent.", static counter => counter.AnnouncementsSent),
        Counter("vrrp.addresses.restored", "{address}", "Virtual addresses put back after somebody removed them.", static counter => counter.AddressesRestored),
        Counter("vrrp.leases.lost", "{lease}", "Leases that ended because the process stood still.", static counter => counter.LeasesLost),
        Counter("vrrp.split_brains", "{event}", "Times two Masters were heard.", static counter => counter.SplitBrains),
        Counter("vrrp.wakeups.late", "{wakeup}", "Wake-ups more than a tenth of the interval late.", static counter => counter.LateWakeups),
        Gauge("vrrp.wakeups.lateness.max", "s", "The latest wake-up since counting began.", static counter => counter.MaxLatenessSeconds),
        Tracker("vrrp.tracker.up", "{tracker}", "1 while the tracker is up, 0 while it is down; absent before its first report.",
            static tracker => tracker.Status == TrackerStatus.Unknown ? null : tracker.Status == TrackerStatus.Up ? 1 : 0),
        Tracker("vrrp.tracker.duration", "s", "How long the last check took; absent before the first and for interfaces.", static tracker => tracker.LastDurationSeconds),
    ];

    private static IEnumerable<(string Reason, long Count)> HmacErrors(VrrpCounter counter) =>
    [
        ("missing", counter.HmacMissing),
        ("malformed", counter.HmacMalformed),
        ("unknown_key", counter.HmacUnknownKey),
        ("invalid", counter.HmacInvalid),
        ("stale", counter.HmacStale),
        ("replay", counter.HmacReplay),
        ("unexpected", counter.HmacUnexpected),
    ];

    private static IEnumerable<(string Reason, long Count)> Errors(VrrpCounter counter) =>
    [
        ("interval", counter.IntervalErrors),
        ("invalid_type", counter.InvalidTypePackets),
        ("address_list", counter.AddressListErrors),
        ("packet_length", counter.PacketLengthErrors),
        ("checksum", counter.ChecksumErrors),
        ("version", counter.VersionErrors),
        ("virtual_router_id", counter.VirtualRouterIdErrors),
        ("time_to_live", counter.TimeToLiveErrors),
        ("authentication", counter.AuthenticationErrors),
        ("replay", counter.AuthenticationReplays),
        ("ip_header", counter.IPHeaderErrors),
        ("unknown_peer", counter.UnknownPeerPackets),
        ("own_source", counter.OwnSourceReceived),
        ("send", counter.SendErrors),
    ];
}
