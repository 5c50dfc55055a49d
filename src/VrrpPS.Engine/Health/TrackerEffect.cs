using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Health;

/// <summary>What follows from a tracker at the moment.</summary>
/// <param name="Priority">What it adds to the priority, -253..253.</param>
/// <param name="IsFault">Whether it takes the instance out of the election.</param>
public readonly record struct TrackerEffect(int Priority, bool IsFault)
{
    /// <summary>The most that one tracker adds or subtracts.</summary>
    private const int Most = 253;

    /// <summary>Judges a tracker; keepalived does it the same way, so that a mixed cluster counts alike.</summary>
    /// <param name="tracker">The tracker.</param>
    /// <param name="status">What is known; nothing follows from Unknown.</param>
    /// <param name="value">The number in a tracked file.</param>
    public static TrackerEffect Of(TrackerConfiguration tracker, TrackerStatus status, long value)
    {
        if (status == TrackerStatus.Unknown)
        {
            return default;
        }

        bool isUp = status == TrackerStatus.Up;
        if (tracker.Weight == 0)
        {
            return new TrackerEffect(0, isUp == tracker.Reverse);
        }

        int direction = tracker.Reverse ? -1 : 1;
        if (tracker is FileTracker)
        {
            // Saturates: the number in a file is anybody's.
            long product = Math.Clamp(value, -1_000_000, 1_000_000) * tracker.Weight * direction;
            return product < -Most ? new TrackerEffect(0, IsFault: true) : new TrackerEffect((int)Math.Min(Most, product), IsFault: false);
        }

        bool counts = isUp == (tracker.Weight > 0);
        return new TrackerEffect(counts ? Math.Clamp(tracker.Weight, -Most, Most) * direction : 0, IsFault: false);
    }

    /// <summary>The priority in force: 1..254, or 255 for the owner of the addresses, whom nothing but a fault moves.</summary>
    public static int EffectivePriority(int configured, int sum) => configured == 255 ? 255 : Math.Clamp(configured + sum, 1, 254);
}
