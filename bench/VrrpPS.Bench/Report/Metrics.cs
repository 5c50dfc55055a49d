namespace VrrpPS.Bench.Report;

/// <summary>The figures of each row, and their goals.</summary>
internal static class Metrics
{
    private const double LostPings = 3, TwoOwnersAtStop = 200, GoneWithGuard = 50, OutageAfterResume = 3;
    private const double NoneWithoutGuard = 95, WorstWithoutGuard = 500;
    private const double SendingShare = 0.25, ReceivingShare = 0.5, Jitter = 2;

    /// <summary>The figures of a pair in a case.</summary>
    /// <param name="row">The row of the table of goals.</param>
    /// <param name="name">The case.</param>
    /// <param name="pair">The pair of programs.</param>
    public static IReadOnlyList<Metric> Of(int row, string name, string pair) => row switch
    {
        3 => PlannedStop(pair.StartsWith("ours", StringComparison.Ordinal)),
        4 => name.Contains("guard killed", StringComparison.Ordinal) ? KilledGuard(name.StartsWith("1 s", StringComparison.Ordinal)) : Kill(),
        5 => Freeze(),
        6 => Sending(name.Contains("255", StringComparison.Ordinal)),
        7 => Receiving(name.Contains("255", StringComparison.Ordinal)),
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    private static double Median(IReadOnlyList<double> values) => Statistics.Percentile(values, 50);

    private static double NinetyNine(IReadOnlyList<double> values) => Statistics.Percentile(values, 99);

    private static Metric[] PlannedStop(bool ours) =>
    [
        new("lost", "lost pings, p50", Median),
        new("lost", "lost pings, p99", NinetyNine, ours ? [Goal.AtMost(LostPings)] : []),
        new("lostInAnnouncement", "lost in announcement, worst", Statistics.Worst),
        new("twoOwnersMs", "two owners, worst, ms", Statistics.Worst, ours ? [Goal.AtMost(TwoOwnersAtStop)] : []),
        new("requestsLost", "new requests lost, worst", Statistics.Worst),
        new("requestsAtSwitch", "requests cut at switch, worst", Statistics.Worst),
        new("durationMs", "SIGTERM to release, p50, ms", Median),
    ];

    private static Metric[] Kill() =>
    [
        new("goneMs", "gone after kill, worst, ms", Statistics.Worst, Goal.AtMost(GoneWithGuard)),
        new("twoOwnersMs", "two owners, worst, ms", Statistics.Worst),
    ];

    private static Metric[] KilledGuard(bool hasGoal) =>
    [
        new("goneMs", "gone after kill, p50, ms", Median),
        new("twoOwnersMs", "never two owners, % of runs", Statistics.ShareOfNone, hasGoal ? [Goal.AtLeast(NoneWithoutGuard)] : []),
        new("twoOwnersMs", "two owners, worst, ms", Statistics.Worst, hasGoal ? [Goal.AtMost(WorstWithoutGuard)] : []),
    ];

    private static Metric[] Freeze() =>
    [
        // At 1 s a lease of 2 s has ended before anybody may take over, however late the kernel removes it: its bound is 0.
        new("twoOwnersMs", "two owners, frozen, worst, ms", Statistics.Worst, Goal.AtMost(0)),
        new("twoOwnersBackMs", "two owners, back, worst, ms", Statistics.Worst),
        new("outageMs", "outage from resume, p99, ms", NinetyNine, Goal.AtMost(OutageAfterResume)),
        new("outageMs", "outage from resume, worst, ms", Statistics.Worst),
    ];

    private static Metric[] Sending(bool hasGoal) =>
    [
        new("machineUs", "machine per advertisement, us", Statistics.Mean, hasGoal ? [Goal.OfKeepalived(SendingShare)] : []),
        new("processUs", "processes per advertisement, us", Statistics.Mean),
        new("wakeups", "wake-ups per advertisement", Statistics.Mean),
        new("rate", "advertisements per second", Statistics.Mean),
        new("jitterP99Ms", "jitter, p99, ms", Statistics.Worst, hasGoal ? [Goal.AtMost(Jitter)] : []),
        new("unexplained", "late, and the control was not", Statistics.Worst, hasGoal ? [Goal.AtMost(0)] : []),
        new("drift", "mean of interval less 100 ms, us", Statistics.Worst),
    ];

    private static Metric[] Receiving(bool hasGoal) =>
    [
        new("machineUs", "machine per advertisement, us", Statistics.Mean, hasGoal ? [Goal.OfKeepalived(ReceivingShare)] : []),
        new("nodeUs", "the node's processor alone, us", Statistics.Mean),
        new("processUs", "processes per advertisement, us", Statistics.Mean),
        new("wakeups", "wake-ups per advertisement", Statistics.Mean),
        new("rate", "advertisements per second", Statistics.Mean),
    ];
}
