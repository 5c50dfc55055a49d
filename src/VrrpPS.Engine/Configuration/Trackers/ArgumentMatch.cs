namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>How the arguments of a process are compared with those of a <see cref="ProcessTracker"/>.</summary>
public enum ArgumentMatch : long
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>All of them, and no others; none may be wanted as well.</summary>
    Exact = 1,

    /// <summary>The first ones; more may follow, and of the last one given only its beginning counts.</summary>
    Initial = 2,

    /// <summary>The first ones, each whole; more may follow.</summary>
    Partial = 3,
}
