using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// Notices that the machine was suspended: CLOCK_BOOTTIME has moved and CLOCK_MONOTONIC has not. (A paused virtual machine
/// stops both clocks; nothing inside it can tell.)
/// </summary>
internal sealed class SleepDetector(Func<Instant> monotonic, Func<Instant> bootTime)
{
    /// <summary>The two clocks are read one after the other; a process that is interrupted in between is no suspend.</summary>
    private const long Tolerance = 10 * Instant.NanosecondsPerMillisecond;

    private long _offset = bootTime() - monotonic();

    /// <summary>Watches the kernel's clocks.</summary>
    public SleepDetector()
        : this(static () => MonotonicClock.Now, static () => MonotonicClock.BootTime)
    {
    }

    /// <summary>The nanoseconds slept since the last look, or zero.</summary>
    public long Look()
    {
        // The smaller of two readings of the difference excludes the time between the two clocks.
        var before = monotonic();
        var boot = bootTime();
        var after = monotonic();
        long slept = boot - after - _offset;
        if (slept <= Tolerance || after - before > Tolerance)
        {
            return 0;
        }

        _offset += slept;
        return slept;
    }
}
