namespace VrrpPS.Protocol.Election;

/// <summary>What only a Master knows (RFC 9568 section 6.4.3).</summary>
internal struct MasterData
{
    /// <summary>Since when.</summary>
    public Instant Since;

    /// <summary>Adver_Timer.</summary>
    public Instant NextAdvertisement;

    /// <summary>When the last advertisement left.</summary>
    public Instant LastAdvertisement;

    /// <summary>Whether the machine slept since, and nothing that others sent was kept for us.</summary>
    public bool WasDeaf;

    /// <summary>When a losing advertisement was last answered.</summary>
    public Instant LastAssertion;

    /// <summary>The rival that keeps advertising and how often it was heard in a row.</summary>
    public InetAddress Rival;

    /// <summary>See <see cref="Rival"/>.</summary>
    public int RivalCount;

    /// <summary>A rival is not reported again before.</summary>
    public Instant NextRivalReport;

    /// <summary>When to announce again.</summary>
    public AnnouncementSchedule Announcements;

    public void Visit(ICheckpointVisitor visitor)
    {
        visitor.Visit("master.since", ref Since);
        visitor.Visit("master.nextAdvertisement", ref NextAdvertisement);
        visitor.Visit("master.lastAdvertisement", ref LastAdvertisement);
        visitor.Visit("master.wasDeaf", ref WasDeaf);
        visitor.Visit("master.lastAssertion", ref LastAssertion);
        visitor.Visit("master.rival", ref Rival);
        visitor.Visit("master.rivalCount", ref RivalCount);
        visitor.Visit("master.nextRivalReport", ref NextRivalReport);
        Announcements.Visit(visitor);
    }
}
