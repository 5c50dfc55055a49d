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

    /// <summary>The Master resigned with priority 0.</summary>
    public bool Resigned;

    /// <summary>The timer has run out, and the router waits until all members of its sync group can be Master.</summary>
    public bool Waits;

    /// <summary>Until when a Master with a lower priority counts as alive, so that taking over from it is preemption.</summary>
    public Instant LowerAliveUntil;

    /// <summary>The router takes over at this instant unless it hears a better one.</summary>
    public readonly Instant TakeoverAt => Instant.Max(DownDeadline, EligibleAt);

    /// <summary>Starts Master_Down_Timer anew: whoever waited for the sync group waits for the timer again.</summary>
    public void Arm(Instant deadline)
    {
        DownDeadline = deadline;
        Waits = false;
    }

    public void Visit(ICheckpointVisitor visitor)
    {
        visitor.Visit("backup.downDeadline", ref DownDeadline);
        visitor.Visit("backup.eligibleAt", ref EligibleAt);
        visitor.Visit("backup.preemptAt", ref PreemptAt);
        visitor.Visit("backup.resigned", ref Resigned);
        visitor.Visit("backup.waits", ref Waits);
        visitor.Visit("backup.lowerAliveUntil", ref LowerAliveUntil);
    }
}
