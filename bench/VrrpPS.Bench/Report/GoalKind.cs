namespace VrrpPS.Bench.Report;

/// <summary>In what a goal is expressed.</summary>
internal enum GoalKind
{
    /// <summary>A number that the figure must not exceed.</summary>
    AtMost,

    /// <summary>A number that the figure must reach.</summary>
    AtLeast,

    /// <summary>A multiple of keepalived's figure.</summary>
    OfKeepalived,

    /// <summary>A multiple of the bare loop's figure.</summary>
    OfFloor,
}
