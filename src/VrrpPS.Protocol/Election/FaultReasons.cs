namespace VrrpPS.Protocol.Election;

/// <summary>Everything that keeps a router out of the election at the moment; it takes part again when none is left.</summary>
[Flags]
public enum FaultReasons : long
{
    /// <summary>No fault.</summary>
    None = 0,

    /// <summary>The interface does not exist (yet).</summary>
    InterfaceMissing = 1,

    /// <summary>The interface is down or has no carrier.</summary>
    InterfaceDown = 2,

    /// <summary>The interface has no address of the router's family to send from.</summary>
    NoPrimaryIPAddress = 4,

    /// <summary>The kernel refused to bind a virtual address.</summary>
    BindFailed = 8,

    /// <summary>Advertisements cannot be sent; the kernel's own words are in the event.</summary>
    SendFailed = 16,

    /// <summary>A tracked interface is down.</summary>
    TrackedInterfaceDown = 32,

    /// <summary>A health check failed.</summary>
    Tracker = 64,

    /// <summary>Another VRRP version was heard for this virtual router.</summary>
    VersionMismatch = 128,

    /// <summary>The router claims to own its addresses (priority 255), but the interface does not have them.</summary>
    NotOwner = 256,

    /// <summary>Another speaker on this host holds the virtual router on the interface.</summary>
    SpeakerTaken = 512,

    /// <summary>The router's sockets cannot be opened or its advertisement cannot be built; the event tells why.</summary>
    CannotSpeak = 1024,

    /// <summary>A health check has not reported since the start.</summary>
    TrackerPending = 2048,

    /// <summary>Another member of the sync group cannot take part.</summary>
    SyncGroup = 4096,

    /// <summary>The network namespace has lost its name: it was deleted, and perhaps another one has the name.</summary>
    NamespaceRemoved = 8192,

    /// <summary>Unicast peers are required, and there is none.</summary>
    NoUnicastPeer = 32768,

    /// <summary>Accept mode is off, and the kernel cannot be told to refuse what is sent to the addresses.</summary>
    CannotRefuse = 65536,
}
