namespace VrrpPS.Engine.Runtime;

/// <summary>How a Master leaves.</summary>
public sealed record StopOptions
{
    /// <summary>Hand over, within the default bound.</summary>
    public static StopOptions Default { get; } = new();

    /// <summary>Release at once, without waiting for a successor.</summary>
    public static StopOptions Immediately { get; } = new() { Force = true };

    /// <summary>Releases at once after one advertisement with priority 0.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the instance is gone from the configuration, and whoever is notified is told of that instead of a stop.</summary>
    public bool IsRemoval { get; init; }

    /// <summary>The longest wait for the successor; by default 4 intervals + 1 s, at most 10 s. Zero waits for nobody, as <see cref="Force"/>.</summary>
    public TimeSpan? HandoverTimeout { get; init; }
}
