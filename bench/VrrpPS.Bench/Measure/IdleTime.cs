using System.Globalization;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// How long each processor has been idle. /proc/stat says it in hundredths of a second, which is a microsecond per advertisement in a window of
/// a few seconds; /proc/timer_list has the same counters to the nanosecond, and of a processor that is idle now, since when.
/// </summary>
internal static class IdleTime
{
    private const long Tick = 10 * Clock.Millisecond;

    private const string Sleep = ".idle_sleeptime", Waiting = ".iowait_sleeptime:", Entered = ".idle_entrytime", Woken = ".idle_waketime";

    /// <summary>Of each processor, in nanoseconds.</summary>
    public static long[] Read()
    {
        try
        {
            long[] exact = [.. Exact(File.ReadLines("/proc/timer_list"), Thread.GetCurrentProcessorId())];
            return exact.Any(static idle => idle > 0) ? exact : Coarse();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Coarse();
        }
    }

    // "now at N nsecs"; then for each processor "cpu: 0" and "  .name : value nsecs", the one that ends the sum last. The kernel does not say
    // whether a processor is idle now: one that woke up less than a tick ago looks as if it were, for the length of its burst. The one
    // that reads this is not.
    private static IEnumerable<long> Exact(IEnumerable<string> lines, int own)
    {
        long now = 0, entered = 0, woken = 0, sleep = 0;
        int processor = -1;
        foreach (string line in lines)
        {
            switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                case ["now", "at", var value, ..]:
                    now = Nanoseconds(value);
                    break;
                case ["cpu:", var value]:
                    processor = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case [Entered, ":", var value, ..]:
                    entered = Nanoseconds(value);
                    break;
                case [Woken, ":", var value, ..]:
                    woken = Nanoseconds(value);
                    break;
                case [Sleep, ":", var value, ..]:
                    sleep = Nanoseconds(value);
                    break;
                case [Waiting, var value, ..]:
                    yield return sleep + Nanoseconds(value) + (processor != own && entered > woken ? now - entered : 0);
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

    private static long Nanoseconds(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
