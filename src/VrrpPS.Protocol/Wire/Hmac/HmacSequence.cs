namespace VrrpPS.Protocol.Wire;

/// <summary>
/// Sequences of signed advertisements: seconds since 1970, a fraction of 1/65536 s and a counter, 64 bits in all, compared as
/// serial numbers (RFC 1982).
/// </summary>
public struct HmacSequence
{
    private const long NanosecondsPerSecond = Instant.NanosecondsPerSecond;

    private ulong _last;

    /// <summary>The sequence of an instant, with the counter at zero.</summary>
    /// <param name="unixNanoseconds">UTC since 1970 in nanoseconds.</param>
    public static ulong At(long unixNanoseconds)
    {
        ulong seconds = (uint)(unixNanoseconds / NanosecondsPerSecond);
        ulong fraction = ((ulong)(unixNanoseconds % NanosecondsPerSecond) << 16) / NanosecondsPerSecond;
        return (seconds << 32) | (fraction << 16);
    }

    /// <summary>Whether a sequence comes after another.</summary>
    public static bool IsAfter(ulong one, ulong other) => (long)(one - other) > 0;

    /// <summary>By how many seconds a sequence is older than an instant; negative when it is from the future.</summary>
    public static int Age(ulong sequence, long unixNanoseconds) => (int)((uint)(unixNanoseconds / NanosecondsPerSecond) - (uint)(sequence >> 32));

    /// <summary>
    /// The next sequence: the time, or one more than the last where the clock has not moved on. A clock that was set back by more
    /// than the window begins anew, because nobody would accept what is so far ahead; without a window the sequence only grows.
    /// </summary>
    /// <param name="unixNanoseconds">UTC since 1970 in nanoseconds.</param>
    /// <param name="windowSeconds">What receivers accept; 0 when they do not compare clocks.</param>
    public ulong Next(long unixNanoseconds, int windowSeconds)
    {
        ulong clock = At(unixNanoseconds);
        bool stranded = windowSeconds > 0 && -Age(_last, unixNanoseconds) > windowSeconds;
        _last = _last == 0 || stranded || IsAfter(clock, _last) ? clock : _last + 1;
        return _last;
    }
}
