namespace VrrpPS.Protocol.Election;

/// <summary>Everything that can happen to a virtual router.</summary>
public enum InputKind
{
    /// <summary>Time has passed; due timers fire.</summary>
    Time = 0,

    /// <summary>The machine was suspended: time has passed that the monotonic clock does not show.</summary>
    Slept,

    /// <summary>Take part in the election (RFC 9568 section 6.4.1).</summary>
    Startup,

    /// <summary>Leave for good (RFC 9568 sections 6.4.2 and 6.4.3).</summary>
    Shutdown,

    /// <summary>Leave until resumed.</summary>
    Suspend,

    /// <summary>Take part again; also releases a hold.</summary>
    Resume,

    /// <summary>Give the Master role away and do not preempt it back.</summary>
    HandOver,

    /// <summary>A valid advertisement of another router was received.</summary>
    Advertisement,

    /// <summary>Another router announced one of our addresses (gratuitous ARP, unsolicited NA).</summary>
    AddressAnnounced,

    /// <summary>The kernel no longer has one of our addresses.</summary>
    AddressRemoved,

    /// <summary>The leases of our addresses were renewed.</summary>
    LeaseRenewed,

    /// <summary>The kernel refused to bind an address.</summary>
    BindFailed,

    /// <summary>The kernel refused to send an advertisement.</summary>
    SendFailed,

    /// <summary>The set of fault reasons changed.</summary>
    FaultsChanged,

    /// <summary>The effective priority changed.</summary>
    PriorityChanged,

    /// <summary>The address we send from changed.</summary>
    PrimaryAddressChanged,

    /// <summary>The parameters changed.</summary>
    Reconfigured,

    /// <summary>The router joined or left a sync group.</summary>
    GroupChanged,

    /// <summary>A member of the sync group cannot take part, or can again.</summary>
    GroupFaultChanged,

    /// <summary>Every member of the sync group can be Master: the ones that wait take over now.</summary>
    TakeOver,

    /// <summary>A member of the sync group lost the Master role to another node: give it away as well.</summary>
    GiveAway,
}
