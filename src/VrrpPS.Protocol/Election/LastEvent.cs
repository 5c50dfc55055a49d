namespace VrrpPS.Protocol.Election;

/// <summary>
/// What caused the last transition: the identities of RFC 8347 <c>last-event</c>, and after them those that only this
/// implementation can report.
/// </summary>
public enum LastEvent : long
{
    /// <summary>Nothing has happened yet.</summary>
    None = 0,

    /// <summary>The router was started.</summary>
    Startup,

    /// <summary>The router was stopped.</summary>
    Shutdown,

    /// <summary>An advertisement of a better router was heard.</summary>
    HigherPriorityBackup,

    /// <summary>The Master was silent for Master_Down_Interval.</summary>
    MasterTimeout,

    /// <summary>The interface came up.</summary>
    InterfaceUp,

    /// <summary>The interface went down or disappeared.</summary>
    InterfaceDown,

    /// <summary>The interface lost its source address.</summary>
    NoPrimaryIPAddress,

    /// <summary>The interface got a source address.</summary>
    PrimaryIPAddress,

    /// <summary>No virtual address is left.</summary>
    NoVirtualIPAddresses,

    /// <summary>Virtual addresses were configured.</summary>
    VirtualIPAddresses,

    /// <summary>The preempt delay ended.</summary>
    PreemptHoldTimeout,

    /// <summary>A Master with a lower priority was preempted.</summary>
    LowerPriorityMaster,

    /// <summary>The owner of the addresses preempted.</summary>
    OwnerPreempt,

    /// <summary>The Master resigned with priority 0 (ours; RFC 8347 has no word for it).</summary>
    MasterResigned = 100,

    /// <summary>An administrator suspended the router (ours).</summary>
    Suspended,

    /// <summary>An administrator resumed the router (ours).</summary>
    Resumed,

    /// <summary>An administrator moved the Master role away (ours).</summary>
    HandOver,

    /// <summary>No other router took the role in time, so this one kept it (ours).</summary>
    NoSuccessor = 105,

    /// <summary>The process stood still until its address lease had ended or another Master had taken over (ours).</summary>
    LeaseLost,

    /// <summary>The kernel refused a virtual address (ours).</summary>
    BindFailed,

    /// <summary>The kernel refused to send an advertisement (ours).</summary>
    SendFailed,

    /// <summary>A health check took the router out (ours).</summary>
    TrackerFault,

    /// <summary>The last fault was cleared (ours; used where no other event names the cause).</summary>
    FaultCleared,

    /// <summary>The process stood still for so long that another router may have taken over, and was told to yield then (ours).</summary>
    TimerExpired,
}
