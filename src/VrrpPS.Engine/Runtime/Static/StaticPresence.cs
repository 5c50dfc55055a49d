namespace VrrpPS.Engine.Runtime.Static;

/// <summary>Who holds a static address, route or rule on this node.</summary>
internal enum StaticPresence
{
    /// <summary>Nobody yet: its interface is missing, or the kernel refused.</summary>
    Missing = 0,

    /// <summary>We, and we remove it at the end.</summary>
    Ours,

    /// <summary>It was there by a foreign hand; it is left alone.</summary>
    Foreign,

    /// <summary>It was ours and is gone, and it is not to be put back (no_track).</summary>
    GivenUp,
}
