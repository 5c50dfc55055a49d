namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>What becomes of a keepalived keyword here.</summary>
internal enum KeepalivedStatus
{
    /// <summary>Honoured.</summary>
    Carried,

    /// <summary>Not carried over; neither election nor addresses nor authentication change.</summary>
    Ignored,

    /// <summary>Not carried over, and the election, the addresses or the authentication change.</summary>
    Partial,

    /// <summary>Load balancing: skipped whole.</summary>
    VirtualServer,
}
