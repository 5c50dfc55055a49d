namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>What is known of what a tracker looks at.</summary>
public enum TrackerStatus : long
{
    /// <summary>Not looked at yet.</summary>
    Unknown = 0,

    /// <summary>As it should be.</summary>
    Up,

    /// <summary>Not as it should be.</summary>
    Down,
}
