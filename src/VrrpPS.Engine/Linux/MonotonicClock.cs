using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>The kernel's clocks that no administrator and no NTP daemon steps.</summary>
public static class MonotonicClock
{
    /// <summary>CLOCK_MONOTONIC: runs while the machine runs; stands still during suspend.</summary>
    public static Instant Now => Read(ClockNative.CLOCK_MONOTONIC);

    /// <summary>CLOCK_BOOTTIME: as <see cref="Now"/>, and counts suspend too. A growing difference between both is a suspend.</summary>
    public static Instant BootTime => Read(ClockNative.CLOCK_BOOTTIME);

    private static unsafe Instant Read(int clock)
    {
        TimeSpec time;
        _ = ClockNative.GetTime(clock, &time);
        return new Instant((time.Seconds * Instant.NanosecondsPerSecond) + time.Nanoseconds);
    }
}
