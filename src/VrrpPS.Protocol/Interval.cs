using System.Globalization;

namespace VrrpPS.Protocol;

/// <summary>
/// An advertisement interval as the wire has it: whole centiseconds, never a float (RFC 9568 section 5.2.7). Everything
/// derived from it is in nanoseconds, so nothing is truncated; a v2 interval is a multiple of 100 centiseconds
/// (RFC 3768 section 5.3.7).
/// </summary>
/// <param name="Centiseconds">Hundredths of a second. 1..4095 for version 3, 100..25500 in steps of 100 for version 2.</param>
public readonly record struct Interval(int Centiseconds) : IComparable<Interval>
{
    /// <summary>Nanoseconds in a centisecond.</summary>
    public const long NanosecondsPerCentisecond = 10_000_000;

    /// <summary>The largest interval that fits version 3's twelve bits: 40.95 s.</summary>
    public const int MaxCentisecondsV3 = 4095;

    /// <summary>The largest interval that fits version 2's eight bits of seconds: 255 s.</summary>
    public const int MaxCentisecondsV2 = 25500;

    /// <summary>One second, the default of every VRRP implementation.</summary>
    public static Interval OneSecond => new(100);

    /// <summary>The interval in nanoseconds.</summary>
    public long Nanoseconds => Centiseconds * NanosecondsPerCentisecond;

    /// <summary>The interval as a <see cref="TimeSpan"/>.</summary>
    public TimeSpan ToTimeSpan() => new(Centiseconds * (TimeSpan.TicksPerSecond / 100));

    /// <summary>Makes an interval of whole seconds.</summary>
    public static Interval FromSeconds(int seconds) => new(checked(seconds * 100));

    /// <summary>
    /// Converts a duration, if it is a whole number of centiseconds within the version's range.
    /// </summary>
    public static bool TryFromTimeSpan(TimeSpan duration, VrrpVersion version, out Interval interval)
    {
        interval = default;
        const long ticksPerCentisecond = TimeSpan.TicksPerSecond / 100;
        if (duration.Ticks <= 0 || duration.Ticks % ticksPerCentisecond != 0 || duration.Ticks / ticksPerCentisecond > MaxCentisecondsV2)
        {
            return false;
        }

        interval = new Interval((int)(duration.Ticks / ticksPerCentisecond));
        return interval.IsValidFor(version);
    }

    /// <summary>Whether the version's header can carry this interval.</summary>
    public bool IsValidFor(VrrpVersion version) => version == VrrpVersion.V3
        ? Centiseconds is >= 1 and <= MaxCentisecondsV3
        : Centiseconds is >= 100 and <= MaxCentisecondsV2 && Centiseconds % 100 == 0;

    /// <summary>
    /// The interval as version 2 can say it: the next whole second, at least one (RFC 9568 section 8.4.2). A Backup that knows
    /// only this one waits longer than it would have to, never shorter.
    /// </summary>
    public Interval RoundUpToSeconds() => FromSeconds(Math.Max(1, (Centiseconds + 99) / 100));

    /// <inheritdoc/>
    public int CompareTo(Interval other) => Centiseconds.CompareTo(other.Centiseconds);

    /// <summary>Seconds with as many decimals as needed, for messages: <c>1s</c>, <c>0.25s</c>.</summary>
    public override string ToString() => (Centiseconds / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "s";

    /// <summary>Whether <paramref name="left"/> is shorter.</summary>
    public static bool operator <(Interval left, Interval right) => left.Centiseconds < right.Centiseconds;

    /// <summary>Whether <paramref name="left"/> is longer.</summary>
    public static bool operator >(Interval left, Interval right) => left.Centiseconds > right.Centiseconds;

    /// <summary>Whether <paramref name="left"/> is not longer.</summary>
    public static bool operator <=(Interval left, Interval right) => left.Centiseconds <= right.Centiseconds;

    /// <summary>Whether <paramref name="left"/> is not shorter.</summary>
    public static bool operator >=(Interval left, Interval right) => left.Centiseconds >= right.Centiseconds;
}
