namespace VrrpPS.Protocol.Election;

/// <summary>What the election must know of an instance's configuration. Immutable; a change is a new value.</summary>
public sealed record RouterParameters
{
    /// <summary>2 or 3; decides the timers.</summary>
    public VrrpVersion Version { get; init; } = VrrpVersion.V3;

    /// <summary>Whether a version 3 router hears version 2 as well (RFC 9568 section 8.4.2).</summary>
    public bool Version2Compatibility { get; init; }

    /// <summary>The priority before any health check, 1..255; 255 is the owner of the addresses.</summary>
    public byte Priority { get; init; } = 100;

    /// <summary>The own advertisement interval.</summary>
    public Interval AdvertisementInterval { get; init; } = Interval.OneSecond;

    /// <summary>How many advertisements may be missing before the Master is taken for dead, 1..100; 3 in the RFC.</summary>
    public int MissedAdvertisements { get; init; } = ElectionTimers.MissedAdvertisements;

    /// <summary>Whether an owner (priority 255) takes no notice of other routers' advertisements.</summary>
    public bool OwnerIgnoresAdvertisements { get; init; }

    /// <summary>
    /// The highest priority of the other routers: a Master that stood still for so long that such a one may have taken over
    /// becomes Backup, whether it was heard or not. 0 means that it goes on unless it hears somebody or its lease has ended.
    /// </summary>
    public byte ExpiredTimerPriority { get; init; }

    /// <summary>Whether to take over from a lower-priority Master. The owner always does.</summary>
    public bool Preempt { get; init; } = true;

    /// <summary>Nanoseconds for which a lower-priority Master is left alone.</summary>
    public long PreemptDelay { get; init; }

    /// <summary>Nanoseconds after start during which the router only listens.</summary>
    public long StartupDelay { get; init; }

    /// <summary>How many addresses the instance has; they are known here by their position.</summary>
    public int AddressCount { get; init; } = 1;

    /// <summary>The kernel lifetime of a bound address in nanoseconds; zero when bound for ever.</summary>
    public long Lease { get; init; }

    /// <summary>
    /// Where on the clock a Master's advertisements go: at this many nanoseconds and whole intervals after zero, 0 to less than an
    /// interval. Routers of one phase and interval share a wake-up and a system call for ever, others are kept apart. The first interval
    /// of a Master is cut short for it, which harms nobody, and the takeover's own advertisement is never put off. Null for whole
    /// intervals from the takeover on.
    /// </summary>
    public long? Phase { get; init; }

    /// <summary>Nanoseconds after becoming Master at which all addresses are announced again, ascending.</summary>
    public IReadOnlyList<long> AnnouncementRepeats { get; init; } = [];

    /// <summary>How often each address is announced at a time, at takeover and at each repetition; at least 1.</summary>
    public int AnnouncementCopies { get; init; } = 1;

    /// <summary>How often each address is announced in answer to an advertisement of a lower priority; 0 for not at all.</summary>
    public int LowerPriorityCopies { get; init; } = 1;

    /// <summary>Nanoseconds after such an answer at which the addresses are announced again; zero for never.</summary>
    public long LowerPriorityDelay { get; init; }

    /// <summary>Nanoseconds between two refreshing announcements; zero means never.</summary>
    public long AnnouncementRefresh { get; init; }

    /// <summary>How often every refreshing announcement is made, a second apart; at least 1.</summary>
    public int AnnouncementRefreshRepeat { get; init; } = 1;

    /// <summary>Whether a Master answers an advertisement of a lower priority at once (RFC 9568 section 6.4.3, a deviation when off).</summary>
    public bool AnswerLowerPriority { get; init; } = true;

    /// <summary>Whether a Master that yields to a higher priority advertises once more, so that the winner announces again.</summary>
    public bool AdvertiseBeforeYielding { get; init; }
}
