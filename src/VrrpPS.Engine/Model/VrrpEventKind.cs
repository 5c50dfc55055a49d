namespace VrrpPS;

/// <summary>What an engine can report beside a change of state.</summary>
public enum VrrpEventKind : long
{
    /// <summary>The state changed; the event carries the transition.</summary>
    Transition = 0,

    /// <summary>Two routers claim the Master role, or a foreign MAC answers for our address.</summary>
    SplitBrain,

    /// <summary>This process was late enough that a failover was near.</summary>
    NearMiss,

    /// <summary>The kernel's lease on an address ended because this process stood still.</summary>
    LeaseLost,

    /// <summary>Somebody removed a virtual address and it was put back.</summary>
    AddressRestored,

    /// <summary>An advertisement was refused or differs from our configuration.</summary>
    PeerMismatch,

    /// <summary>Our own source address was heard from the wire.</summary>
    DuplicateAddress,

    /// <summary>Waiting for an interface or an address.</summary>
    Waiting,

    /// <summary>Something to know; nothing to do.</summary>
    Information,

    /// <summary>The kernel refused an operation.</summary>
    KernelRefused,

    /// <summary>The engine's loop ended unexpectedly; the addresses were released and the instance runs no more.</summary>
    EngineFailed,

    /// <summary>A command, FIFO, file or mail server that was to be told of something could not be.</summary>
    NotificationFailed,

    /// <summary>A health check or tracked interface changed its status.</summary>
    TrackerChanged,

    /// <summary>A route or rule of a Master was removed by somebody else and put back.</summary>
    RouteRestored,

    /// <summary>The connection to a service ended, is there again, or lost events. Told by whoever listens, never by an engine.</summary>
    Connection,
}
