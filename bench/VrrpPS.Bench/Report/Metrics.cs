namespace VrrpPS.Bench.Report;

/// <summary>The figures of each row, and their goals.</summary>
internal static class Metrics
{
    private const double LostPings = 3, TwoOwnersAtStop = 200, GoneWithGuard = 50, OutageAfterResume = 3;
    private const double NoneWithoutGuard = 95, WorstWithoutGuard = 500;

    /// <summary>The figures of a pair in a case.</summary>
    /// <param name="row">3, 4 or 5.</param>
    /// <param name="name">The case.</param>
    /// <param name="pair">The pair of programs.</param>
    public static IReadOnlyList<Metric> Of(int row, string name, string pair) => row switch
    {
        3 => PlannedStop(pair.StartsWith("ours", StringComparison.Ordinal)),
        4 => name.Contains("guard killed", StringComparison.Ordinal) ? KilledGuard(name.StartsWith("1 s", StringComparison.Ordinal)) : Kill(),
        _ => Freeze(),
    };

    private static Metric[] PlannedStop(bool ours) =>
    [
        new("lost", "lost pings, p50", static values => Statistics.Percentile(values, 50)),
        new("lost", "lost pings, p99", static values => Statistics.Percentile(values, 99), ours ? LostPings : null),
        new("lostInAnnouncement", "lost in announcement, worst", Statistics.Worst),
        new("twoOwnersMs", "two owners, worst, ms", Statistics.Worst, ours ? TwoOwnersAtStop : null),
        new("requestsLost", "new requests lost, worst", Statistics.Worst),
        new("requestsAtSwitch", "requests cut at switch, worst", Statistics.Worst),
        new("durationMs", "SIGTERM to release, p50, ms", static values => Statistics.Percentile(values, 50)),
    ];

    private static Metric[] Kill() =>
    [
        new("goneMs", "gone after kill, worst, ms", Statistics.Worst, GoneWithGuard),
        new("twoOwnersMs", "two owners, worst, ms", Statistics.Worst),
    ];

    private static Metric[] KilledGuard(bool hasGoal) =>
    [
        new("goneMs", "gone after kill, p50, ms", static values => Statistics.Percentile(values, 50)),
        new("twoOwnersMs", "never two owners, % of runs", Statistics.ShareOfNone, hasGoal ? NoneWithoutGuard : null, AtLeast: true),
        new("twoOwnersMs", "two owners, worst, ms", Statistics.Worst, hasGoal ? WorstWithoutGuard : null),
    ];

    private static Metric[] Freeze() =>
    [
        // At 1 s a lease of 2 s has ended before anybody may take over, however late the kernel removes it: its bound is 0.
        new("twoOwnersMs", "two owners, frozen, worst, ms", Statistics.Worst, 0),
        new("twoOwnersBackMs", "two owners, back, worst, ms", Statistics.Worst),
        new("outageMs", "outage from resume, p99, ms", static values => Statistics.Percentile(values, 99), OutageAfterResume),
        new("outageMs", "outage from resume, worst, ms", Statistics.Worst),
    ];
}
