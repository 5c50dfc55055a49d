namespace VrrpPS;

/// <summary>What a dead engine left.</summary>
public enum VrrpOrphanKind : long
{
    /// <summary>An address on an interface.</summary>
    Address = 0,

    /// <summary>A route.</summary>
    Route = 1,

    /// <summary>A routing rule.</summary>
    Rule = 2,

    /// <summary>The link of a virtual MAC address.</summary>
    Link = 3,
}
