namespace VrrpPS.Protocol.Election;

/// <summary>What only a Backup knows (RFC 9568 section 6.4.2).</summary>
internal struct BackupData
{
    /// <summary>Master_Down_Timer.</summary>
    public Instant DownDeadline;

    /// <summary>The router does not take over before this instant, whatever the timer says (startup delay).</summary>
    public Instant EligibleAt;

    /// <summary>When the preempt delay ends; <see cref="Instant.Never"/> while no lower-priority Master waits for it.</summary>
    public Instant PreemptAt;

    /// <summary>When the Master was last heard; <see cref="Instant.Zero"/> before.</summary>
    public Instant LastHeard;

    /// <summary>The Master resigned with priority 0.</summary>
    public bool Resigned;

    /// <summary>When a Master with a lower priority was last left to be preempted; <see cref="Instant.Zero"/> otherwise.</summary>
    public Instant LowerHeard;

    /// <summary>The router takes over at this instant unless it hears a better one.</summary>
    public readonly Instant TakeoverAt => Instant.Max(DownDeadline, EligibleAt);
}
