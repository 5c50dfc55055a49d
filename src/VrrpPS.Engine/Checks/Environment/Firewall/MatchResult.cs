namespace VrrpPS.Engine.Checks.Environment.Firewall;

/// <summary>Whether a rule's condition holds for an advertisement; the weaker of two counts when both must hold.</summary>
internal enum MatchResult
{
    /// <summary>It does not.</summary>
    No = 0,

    /// <summary>It cannot be told beforehand.</summary>
    Unknown = 1,

    /// <summary>It does.</summary>
    Yes = 2,
}
