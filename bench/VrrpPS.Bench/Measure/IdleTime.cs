using System.Globalization;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// How long each processor has been idle. /proc/stat says it in hundredths of a second, which is a microsecond per advertisement in a window of
/// a few seconds; /proc/timer_list has the same counters to the nanosecond, and of a processor that is idle now, since when.
/// </summary>
internal static class IdleTime
{
    private const long Tick = 10 * Clock.Millisecond;

    private const string Sleep = ".idle_sleeptime", Waiting = ".iowait_sleeptime", Entered = ".idle_entrytime", Woken = ".idle_waketime";

    /// <summary>Of each processor, in nanoseconds.</summary>
    public static long[] Read()
    {
        try
        {
            long[] exact = [.. Exact(File.ReadLines("/proc/timer_list"), Clock.Now)];
            return exact.Length > 0 ? exact : Coarse();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Coarse();
        }
    }

    // "cpu: 0", then for each "  .name : value nsecs", the one that ends the sum last.
    private static IEnumerable<long> Exact(IEnumerable<string> lines, long now)
    {
        long entered = 0, woken = 0, sleep = 0;
        foreach (string line in lines)
        {
            if (line.AsSpan().TrimStart() is not ['.', ..] || line.Split(':') is not [var name, var value])
            {
                continue;
            }

            switch (name.Trim())
            {
                case Entered:
                    entered = Nanoseconds(value);
                    break;
                case Woken:
                    woken = Nanoseconds(value);
                    break;
                case Sleep:
                    sleep = Nanoseconds(value);
                    break;
                case Waiting:
                    yield return sleep + Nanoseconds(value) + (entered > woken ? now - entered : 0);
                    break;
            }
        }
    }

    private static long[] Coarse()
    {
        // "cpu0 user nice system idle iowait ...", one line each.
        return [.. File.ReadLines("/proc/stat").Skip(1).TakeWhile(static line => line.StartsWith("cpu", StringComparison.Ordinal)).Select(static line =>
        {
            string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (long.Parse(columns[4], CultureInfo.InvariantCulture) + long.Parse(columns[5], CultureInfo.InvariantCulture)) * Tick;
        })];
    }

    private static long Nanoseconds(string text) => long.Parse(text.Trim().Split(' ')[0], CultureInfo.InvariantCulture);
}
