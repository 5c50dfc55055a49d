namespace VrrpPS.Engine.Report;

/// <summary>Where a time stands between two others.</summary>
/// <param name="From">The left end.</param>
/// <param name="To">The right end, later than the left one.</param>
internal readonly record struct TimeAxis(DateTimeOffset From, DateTimeOffset To)
{
    private const int MostTicks = 8;

    private static readonly TimeSpan[] s_steps =
    [
        .. new[] { 1, 2, 5, 10, 20, 50, 100, 200, 500 }.Select(static ms => TimeSpan.FromMilliseconds(ms)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(static s => TimeSpan.FromSeconds(s)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(static m => TimeSpan.FromMinutes(m)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(static h => TimeSpan.FromHours(h)),
        .. new[] { 1, 2, 7, 14, 30, 90, 365 }.Select(static d => TimeSpan.FromDays(d)),
    ];

    /// <summary>The axis that holds all of these times; one that is empty otherwise is a second long.</summary>
    public static TimeAxis Over(IEnumerable<DateTimeOffset> times)
    {
        DateTimeOffset? from = null, to = null;
        foreach (var time in times)
        {
            from = from is { } left && left < time ? left : time;
            to = to is { } right && right > time ? right : time;
        }

        var start = from ?? DateTimeOffset.UnixEpoch;
        var end = to ?? start;
        return new TimeAxis(start, end - start < TimeSpan.FromMilliseconds(1) ? start + TimeSpan.FromSeconds(1) : end);
    }

    /// <summary>0 at the left end, 1 at the right one, never beyond.</summary>
    public double Place(DateTimeOffset time) => Math.Clamp((time - From) / (To - From), 0, 1);

    /// <summary>Round times to write at the axis, at most nine.</summary>
    public IEnumerable<(DateTimeOffset Time, string Text)> Ticks()
    {
        var length = To - From;
        var step = s_steps.FirstOrDefault(step => length / step <= MostTicks, s_steps[^1]);
        string format = step < TimeSpan.FromSeconds(1) ? "HH:mm:ss.fff" : length < TimeSpan.FromHours(1) ? "HH:mm:ss" : length < TimeSpan.FromDays(2) ? "HH:mm" : "MM-dd HH:mm";
        var from = From.ToLocalTime();
        long first = (from.Ticks + step.Ticks - 1) / step.Ticks * step.Ticks;
        for (var at = new DateTimeOffset(first, from.Offset); at <= To; at += step)
        {
            yield return (at, at.ToString(format, System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
