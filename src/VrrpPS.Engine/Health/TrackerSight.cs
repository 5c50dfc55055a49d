using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Health;

/// <summary>What is known of a tracker, published whole for other threads.</summary>
/// <param name="Status">The status after rise and fall.</param>
/// <param name="Output">What the last look said; null before the first.</param>
/// <param name="Value">The number in a tracked file.</param>
/// <param name="LastChange">When the status last changed; null when it never did.</param>
/// <param name="LastDuration">How long the last look took; null before the first and for interfaces.</param>
internal sealed record TrackerSight(TrackerStatus Status, string? Output, long Value, DateTimeOffset? LastChange, TimeSpan? LastDuration)
{
    /// <summary>What makes it look; null where only the interval can.</summary>
    public string? Method { get; init; }
}
