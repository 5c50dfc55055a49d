namespace VrrpPS.Engine.Configuration;

/// <summary>
/// How gratuitous ARP (RFC 5227) and unsolicited neighbour advertisements (RFC 4861 section 7.2.6) are repeated. Switches
/// and peers lose some; the defaults repeat after 1 s and 5 s and refresh every minute.
/// </summary>
public sealed record AnnouncementOptions
{
    /// <summary>The defaults.</summary>
    public static AnnouncementOptions Default { get; } = new();

    /// <summary>When, after becoming Master, all addresses are announced again. Each 0..1 h.</summary>
    public VrrpList<TimeSpan> RepeatAfter { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    /// <summary>How often each address is announced at a time, after becoming Master and at each repetition. 1..100.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>
    /// How often each address is announced when a Master has heard an advertisement of a lower priority: its sender may have announced
    /// them as well. 0..100; 0 for not at all.
    /// </summary>
    public int LowerPriorityCopies { get; init; } = 1;

    /// <summary>How long after that they are announced again, as often; zero for never. 0..1 h.</summary>
    public TimeSpan LowerPriorityDelay { get; init; }

    /// <summary>How often a Master announces again; zero means never. Otherwise 1 s..1 d.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often every such refresh is announced, a second apart. 1..10.</summary>
    public int RefreshRepeat { get; init; } = 1;

    /// <summary>
    /// The gap between two announcements beyond the first 64 of a burst. 0..1 s; 0, as keepalived's, by default: what is announced later
    /// is reached later, and switches that count announcements allow far fewer than any gap worth having.
    /// </summary>
    public TimeSpan Spacing { get; init; }
}
