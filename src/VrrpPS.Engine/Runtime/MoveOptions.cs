namespace VrrpPS.Engine.Runtime;

/// <summary>How the Master role is moved away.</summary>
public sealed record MoveOptions
{
    /// <summary>Held until released, with the default bound.</summary>
    public static MoveOptions Default { get; } = new();

    /// <summary>How long the node does not preempt afterwards; null until it is resumed or becomes Master by a timeout.</summary>
    public TimeSpan? HoldFor { get; init; }

    /// <summary>How long to wait for a successor; by default 4 intervals + 2 s. Without one the node remains Master.</summary>
    public TimeSpan? Timeout { get; init; }
}
