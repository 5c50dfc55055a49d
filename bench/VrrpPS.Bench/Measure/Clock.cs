using VrrpPS.Engine.Linux;

namespace VrrpPS.Bench.Measure;

/// <summary>All times of a measurement are nanoseconds of CLOCK_MONOTONIC.</summary>
internal static class Clock
{
    /// <summary>One millisecond.</summary>
    public const long Millisecond = 1_000_000;

    /// <summary>One second.</summary>
    public const long Second = 1_000_000_000;

    private static readonly long s_realTimeOffset = MeasureOffset();

    /// <summary>Now.</summary>
    public static long Now => MonotonicClock.Now.Nanoseconds;

    /// <summary>A packet's time of day (nanoseconds since 1970) on this clock.</summary>
    public static long FromRealTime(long nanoseconds) => nanoseconds - s_realTimeOffset;

    private static long MeasureOffset()
    {
        // The pair of readings that lie closest together tells best.
        long best = long.MaxValue, offset = 0;
        for (int i = 0; i < 100; i++)
        {
            long before = Now;
            long real = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
            long after = Now;
            if (after - before < best)
            {
                best = after - before;
                offset = real - ((before + after) / 2);
            }
        }

        return offset;
    }
}
