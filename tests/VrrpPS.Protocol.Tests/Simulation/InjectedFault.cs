namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>Deliberate defects, to show that the invariants notice them.</summary>
public enum InjectedFault
{
    None,

    /// <summary>Every Backup waits equally long.</summary>
    SkewZero,

    /// <summary>A Master never hears a better router.</summary>
    NeverYields,

    /// <summary>A Master yields to everybody.</summary>
    YieldsToLower,

    /// <summary>A leaving Master releases at once.</summary>
    ReleasesBeforeSuccessor,

    /// <summary>A Master believes in its addresses whatever the kernel did to them.</summary>
    IgnoresLeaseEnd,

    /// <summary>A Master lets its lease run out.</summary>
    NeverRenews,

    /// <summary>The kernel is given twice the lease.</summary>
    LeaseTooLong,

    /// <summary>A Master renews its lease before the advertisement that it belongs to.</summary>
    RenewsBeforeItSpeaks,

    /// <summary>The lower address wins a tie.</summary>
    TieReversed,

    /// <summary>A Backup's timer never fires.</summary>
    NeverTakesOver,

    /// <summary>Advertises before it binds.</summary>
    SpeaksBeforeItBinds,

    /// <summary>A Master that yields keeps its addresses.</summary>
    NeverReleases,

    /// <summary>Answers every losing advertisement, and advertises at a hundredth of its interval.</summary>
    Storm,

    /// <summary>Asks for a tick that changes nothing, again and again.</summary>
    Livelock,

    /// <summary>Suspension is forgotten.</summary>
    IgnoresSuspend,

    /// <summary>After a pause, time fires before the receive queue is read.</summary>
    TimeBeforeQueue,

    /// <summary>Resignations are answered by taking over in the next instant.</summary>
    NoSkewAfterResignation,
}
