using VrrpPS.Bench.Cases;

namespace VrrpPS.Bench.Report;

/// <summary>The figures of each row, and their goals.</summary>
internal static class Metrics
{
    private const double LostPings = 3, TwoOwnersAtStop = 200, GoneWithGuard = 50, OutageAfterResume = 3;
    private const double NoneWithoutGuard = 95, WorstWithoutGuard = 500;
    private const double TakeoverMedian = 0.5, TakeoverWorst = 2, FirstTakeover = 5, Early = 0.1, Answer = 2, BindingShare = 1.3;
    private const double Excess = 3, MemoryOfFile = 32, MemoryOfNative = 14;
    private const double SendingShare = 0.25, ReceivingShare = 0.5, Jitter = 2;

    /// <summary>The figures of a pair in a case.</summary>
    /// <param name="row">The row of the table of goals.</param>
    /// <param name="name">The case.</param>
    /// <param name="pair">The pair of programs.</param>
    public static IReadOnlyList<Metric> Of(int row, string name, string pair) => row switch
    {
        1 => Takeover(),
        2 => LinkDown(),
        3 => PlannedStop(pair.StartsWith("ours", StringComparison.Ordinal)),
        4 => name.Contains("guard killed", StringComparison.Ordinal) ? KilledGuard(name.StartsWith("1 s", StringComparison.Ordinal)) : Kill(),
        5 => Freeze(),
        6 => Sending(name.Contains("255", StringComparison.Ordinal)),
        7 => Receiving(name.Contains("255", StringComparison.Ordinal)),
        8 => TakeoverBySize(),
        9 => Memory(name.Contains(MemoryCase.Native, StringComparison.Ordinal) ? MemoryOfNative : MemoryOfFile),
        10 => Lateness(name),
        11 => ModuleStart(),
        12 => Micro(),
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    private static double Median(IReadOnlyList<double> values) => Statistics.Percentile(values, 50);

    private static double NinetyNine(IReadOnlyList<double> values) => Statistics.Percentile(values, 99);

    private static Metric[] Takeover() =>
    [
        new("overheadMs", "timer to announcement, p50, ms", Median, Goal.AtMost(TakeoverMedian)),
        new("overheadMs", "timer to announcement, p99, ms", NinetyNine, Goal.AtMost(TakeoverWorst), Goal.OfKeepalived(1)),
        new("firstMs", "first of a process, worst, ms", Statistics.Worst, Goal.AtMost(FirstTakeover)),
        new("earlyMs", "before the timer, worst, ms", Statistics.Worst, Goal.AtMost(Early)),
        new("wrongOrder", "announced before advertised", Statistics.Worst, Goal.AtMost(0)),
        new("advertisedUnbound", "advertised before bound", Statistics.Worst, Goal.AtMost(0)),
        new("answerMs", "asked to ARP answer, worst, ms", Statistics.Worst, Goal.AtMost(Answer)),
        new("askedMs", "announced to asked, worst, ms", Statistics.Worst),
    ];

    private static Metric[] LinkDown() =>
    [
        new("excessMs", "outage beyond the protocol, p50, ms", Median),
        new("excessMs", "outage beyond the protocol, p99, ms", NinetyNine, Goal.AtMost(Excess)),
        new("outageMs", "outage, longest, ms", Statistics.Worst),
    ];

    private static Metric[] Memory(double goal) =>
    [
        new("pssMb", "PSS with guard, MB", Statistics.Worst, Goal.AtMost(goal)),
        new("pssSettledMb", "PSS when it is quiet, MB", Statistics.Worst, Goal.AtMost(goal)),
        new("pssHourMb", "PSS after an hour, MB", Statistics.Worst, Goal.AtMost(goal)),
        new("ownMb", "of it not mapped from files, MB", Statistics.Worst),
        new("ownSettledMb", "the same when it is quiet, MB", Statistics.Worst),
        new("rssMb", "RSS of all processes, MB", Statistics.Worst),
    ];

    private static Metric[] Lateness(string name)
    {
        bool hasGoal = name.Contains("real-time", StringComparison.Ordinal);
        return
        [
            new("lateP50Ms", "late, p50, ms", Statistics.Worst),
            new("lateP99Ms", "late, p99, ms", Statistics.Worst, hasGoal ? [Goal.OfKeepalived(1)] : []),
            new("lateP999Ms", "late, p99.9, ms", Statistics.Worst, hasGoal ? [Goal.OfKeepalived(1)] : []),
            new("lateWorstMs", "late, worst, ms", Statistics.Worst),
            new("falseFailovers", "false failovers", Statistics.Worst, hasGoal ? [Goal.AtMost(0)] : []),
            new("excusedFailovers", "while the control was late", Statistics.Worst),
            new("wakeups", "advertisements", Statistics.Worst),
        ];
    }

    private static Metric[] ModuleStart() =>
    [
        new("importMs", "Import-Module, p50, ms", Median),
        new("startMs", "Start-VrrpInstance, p50, ms", Median),
    ];

    private static Metric[] Micro() => [.. Cases.MicroCase.Parts.SelectMany(static name => new Metric[]
    {
        new(name + ", ns", name + ", ns", Statistics.Mean),
        new(name + ", bytes", name + ", bytes", Statistics.Worst, Goal.AtMost(0)),
    })];

    private static Metric[] TakeoverBySize() =>
    [
        new("lastMs", "timer to last announcement, p50, ms", Median, Goal.OfFloor(BindingShare), Goal.OfKeepalived(1)),
        new("besideBothMs", "beside a kernel that announces, too", Median),
        new("besideReadyMs", "and only what it told of", Median),
        new("lastMs", "timer to last announcement, worst", Statistics.Worst),
        new("boundMs", "timer to last address bound, p50", Median),
        new("firstMs", "timer to first announcement, p50", Median),
    ];

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
