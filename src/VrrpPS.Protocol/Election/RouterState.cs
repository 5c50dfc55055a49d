namespace VrrpPS.Protocol.Election;

/// <summary>The states of a virtual router (RFC 9568 section 6.4), and three that holding an address safely adds.</summary>
public enum RouterState : long
{
    /// <summary>Not taking part (RFC 9568 section 6.4.1).</summary>
    Initialize = 0,

    /// <summary>Listening to the Master (RFC 9568 section 6.4.2).</summary>
    Backup = 1,

    /// <summary>Serving the addresses; RFC 9568 calls it the Active Router (section 6.4.3).</summary>
    Master = 2,

    /// <summary>A Master that has resigned with priority 0 and serves on until its successor announces the addresses.</summary>
    Leaving = 3,

    /// <summary>Unable to take part; the fault reasons say why.</summary>
    Fault = 4,

    /// <summary>Taken out of the election by an administrator; never becomes Master.</summary>
    Suspended = 5,
}
