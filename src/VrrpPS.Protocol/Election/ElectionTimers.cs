namespace VrrpPS.Protocol.Election;

/// <summary>
/// The arithmetic of the protocol's timers, in nanoseconds throughout: nothing is truncated to centiseconds or seconds on
/// the way (RFC 9568 section 6.1, RFC 3768 section 6.1).
/// </summary>
public static class ElectionTimers
{
    /// <summary>How many advertisements may be missing before the Master is taken for dead, unless configured otherwise.</summary>
    public const int MissedAdvertisements = 3;

    /// <summary>How long a released address is served after its successor announced it, so that packets under way arrive.</summary>
    public const long AnnouncementGrace = 50 * Instant.NanosecondsPerMillisecond;

    /// <summary>
    /// How long after somebody else's announcement a Master announces again: late enough for the advertisement that may make it yield,
    /// and before a loser, who serves for <see cref="AnnouncementGrace"/>, stops.
    /// </summary>
    public const long CorrectionDelay = AnnouncementGrace / 2;

    /// <summary>
    /// Skew_Time: ((256 - Priority) * Master_Adver_Interval) / 256 in version 3 (RFC 9568 section 6.1), and
    /// (256 - Priority) / 256 seconds in version 2 (RFC 3768 section 6.1).
    /// </summary>
    public static long SkewTime(VrrpVersion version, byte priority, Interval masterInterval)
        => (256 - priority) * (version == VrrpVersion.V2 ? Instant.NanosecondsPerSecond : masterInterval.Nanoseconds) / 256;

    /// <summary>Master_Down_Interval: 3 * Master_Adver_Interval + Skew_Time (RFC 9568 section 6.1).</summary>
    /// <param name="version">Decides the skew.</param>
    /// <param name="priority">The own priority.</param>
    /// <param name="masterInterval">The Master's interval.</param>
    /// <param name="missed">How many advertisements may be missing; 3 in the RFC.</param>
    public static long MasterDownInterval(VrrpVersion version, byte priority, Interval masterInterval, int missed = MissedAdvertisements)
        => Silence(masterInterval, missed) + SkewTime(version, priority, masterInterval);

    /// <summary>How long a Master may be silent before anybody can take over, whatever the priorities.</summary>
    public static long Silence(Interval interval, int missed = MissedAdvertisements) => missed * interval.Nanoseconds;

    /// <summary>
    /// The lease that ends before anybody may take over: the largest whole number of seconds L with L + 1 s at most three
    /// intervals (or as many as may be missing), because the kernel's expiry runs up to a second late; at least 2 s.
    /// </summary>
    public static long DefaultLease(Interval interval, int missed = MissedAdvertisements)
        => Math.Max(2, (Silence(interval, missed) / Instant.NanosecondsPerSecond) - 1) * Instant.NanosecondsPerSecond;

    /// <summary>
    /// For how long a frozen Master's lease may outlive the takeover of a successor with the highest priority; zero when it
    /// cannot.
    /// </summary>
    public static long LeaseOverlap(long lease, Interval interval, int missed = MissedAdvertisements)
        => Math.Max(0, lease + Instant.NanosecondsPerSecond - Silence(interval, missed));

    /// <summary>The default bound of a hand-over: four intervals and a second, at most ten seconds.</summary>
    public static long HandoverLimit(Interval interval)
        => Math.Min((4 * interval.Nanoseconds) + Instant.NanosecondsPerSecond, 10 * Instant.NanosecondsPerSecond);

    /// <summary>By how much an advertisement may leave early to share a system call with others.</summary>
    public static long GreatestSlack(Interval interval) => Math.Min(2 * Instant.NanosecondsPerMillisecond, interval.Nanoseconds / 20);

    /// <summary>The shortest gap between two answers to losing advertisements: a reflecting switch must not cause a storm.</summary>
    public static long AssertionGap(Interval interval) => Math.Max(10 * Instant.NanosecondsPerMillisecond, interval.Nanoseconds / 10);
}
