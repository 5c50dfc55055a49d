namespace VrrpPS.Protocol;

/// <summary>
/// A point on a monotonic clock, in nanoseconds since an arbitrary origin. Never wall-clock time: a virtual address must
/// not move because NTP stepped the clock.
/// </summary>
/// <param name="Nanoseconds">Nanoseconds since the clock's origin.</param>
public readonly record struct Instant(long Nanoseconds) : IComparable<Instant>
{
    /// <summary>Nanoseconds in a second.</summary>
    public const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds in a millisecond.</summary>
    public const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>The origin of the clock.</summary>
    public static Instant Zero => default;

    /// <summary>Later than every deadline.</summary>
    public static Instant Never => new(long.MaxValue);

    /// <summary>The later of two instants.</summary>
    public static Instant Max(Instant left, Instant right) => left > right ? left : right;

    /// <summary>The earlier of two instants.</summary>
    public static Instant Min(Instant left, Instant right) => left < right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Whether <paramref name="left"/> is earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is later.</summary>
    public static bool operator >(Instant left, Instant right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is not later.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is not earlier.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Nanoseconds >= right.Nanoseconds;

    /// <summary>The instant <paramref name="nanoseconds"/> later; saturates at <see cref="Never"/>.</summary>
    public static Instant operator +(Instant instant, long nanoseconds)
        => instant.Nanoseconds > long.MaxValue - Math.Max(nanoseconds, 0) ? Never : new(instant.Nanoseconds + nanoseconds);

    /// <summary>The nanoseconds from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static long operator -(Instant left, Instant right) => left.Nanoseconds - right.Nanoseconds;

    /// <summary>The instant <paramref name="nanoseconds"/> earlier.</summary>
    public static Instant operator -(Instant instant, long nanoseconds) => new(instant.Nanoseconds - nanoseconds);
}
