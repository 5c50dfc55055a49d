namespace VrrpPS.Protocol.Election;

/// <summary>Findings of the election that are no change of state.</summary>
public enum ReportKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A router that should have yielded keeps advertising while this one is Master.</summary>
    RivalMaster,

    /// <summary>Two routers advertise priority 255 (RFC 9568 section 8.3.2).</summary>
    TwoOwners,

    /// <summary>The winner's address list has nothing in common with ours: another cluster uses our VRID.</summary>
    ForeignCluster,

    /// <summary>The hand-over ended with a successor; <see cref="Effect.Peer"/> is its address.</summary>
    HandedOver,

    /// <summary>The hand-over ended without a successor.</summary>
    NoSuccessor,

    /// <summary>The lease had ended, but nobody had taken over yet: addresses bound and announced again.</summary>
    LeaseRecovered,

    /// <summary>Somebody removed an address; it is put back.</summary>
    AddressRestored,

    /// <summary>An advertisement left late by more than half an interval; <see cref="Effect.Nanoseconds"/> says how late.</summary>
    NearMiss,

    /// <summary>The hold of a hand-over ended; the router preempts again.</summary>
    HoldEnded,

    /// <summary>A lower-priority Master is left alone until the preempt delay ends, in <see cref="Effect.Nanoseconds"/>.</summary>
    PreemptDelayed,
}
