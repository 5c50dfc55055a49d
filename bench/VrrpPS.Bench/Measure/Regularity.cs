namespace VrrpPS.Bench.Measure;

/// <summary>
/// How regular the advertisements of a node are. A sender may be early by its slack, which the next one does not inherit, and never late:
/// the time between two of a virtual router differs from the interval by at most the slack, and by whatever the machine was late.
/// </summary>
/// <param name="Percentile99">99 % of the times between two differ from the interval by no more, in nanoseconds.</param>
/// <param name="Worst">The greatest difference.</param>
/// <param name="Earliest">The greatest difference to the early side.</param>
/// <param name="Unexplained">Those that came over the slack too late at a time when the control was not late.</param>
/// <param name="MeanDeviation">The mean of the times between two less the interval: 0 of a sender that keeps to its schedule.</param>
internal sealed record Regularity(double Percentile99, double Worst, double Earliest, int Unexplained, double MeanDeviation)
{
    private const long Tolerance = Clock.Millisecond / 2;

    /// <summary>Of what was seen.</summary>
    public static Regularity Of(IReadOnlyList<WireAdvertisement> seen, long interval, Control control)
    {
        long slack = Math.Min(2 * Clock.Millisecond, interval / 20);
        var differences = new List<double>(seen.Count);
        double earliest = 0;
        int unexplained = 0;
        foreach (var router in seen.GroupBy(static advertisement => advertisement.Router))
        {
            long previous = -1;
            foreach (var advertisement in router)
            {
                if (previous >= 0)
                {
                    long difference = advertisement.Time - previous - interval;
                    differences.Add(difference);
                    earliest = Math.Max(earliest, -difference);
                    if (difference > slack + Tolerance && !control.WasLate(advertisement.Time - difference, advertisement.Time + Tolerance))
                    {
                        unexplained++;
                    }
                }

                previous = advertisement.Time;
            }
        }

        return differences.Count == 0
            ? throw new BenchException("No virtual router advertised twice.")
            : new Regularity(
                Report.Statistics.Percentile([.. differences.Select(Math.Abs)], 99),
                differences.Max(Math.Abs),
                earliest,
                unexplained,
                differences.Average());
    }
}
