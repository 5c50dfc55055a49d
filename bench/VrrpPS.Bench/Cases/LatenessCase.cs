using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>
/// Row 10: how late the advertisements of 16 virtual routers at 10 ms are while both processors are busy, and how often a Backup would
/// have taken over although its Master lived: a silence longer than Master_Down_Interval of priority 199, while the control was not over 5 ms late.
/// </summary>
internal sealed class LatenessCase(string name, NodeKind kind, bool realTime) : ICase
{
    private const int Routers = 16, Interval = 1;
    private const long WakeupsInFull = 1_000_000;
    private const long FailoverControl = 5 * Clock.Millisecond;
    private const long MasterDown = ((3 * 256) + 57) * (Interval * 10 * Clock.Millisecond) / 256;
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(3);

    /// <summary>The upper ends of the histogram's classes, in milliseconds.</summary>
    private static readonly double[] s_classes = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100];

    /// <inheritdoc/>
    public int Row => 10;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } = [(kind, kind), (NodeKind.Keepalived, NodeKind.Keepalived)];

    /// <inheritdoc/>
    public bool InShort => realTime;

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        if (first == NodeKind.Module && ModuleCommand.Find() is null)
        {
            throw new BenchException("pwsh is not installed.");
        }

        var directory = Directory.CreateTempSubdirectory("vrrpps-bench-");
        try
        {
            using var network = new BenchNetwork(withClient: false);
            var plan = new LoadPlan(Routers, Interval) { RealTime = realTime };
            using var node = new Node(first, plan.Configuration(Routers), network.Nodes[0], Path.Combine(directory.FullName, "node"), context.Vrrpps) { RealTime = realTime && first == NodeKind.Ours };
            node.Start(Routers);
            Wait.Until(() => network.CountVirtualAddresses(0) == Routers, TimeSpan.FromSeconds(60), "all are Master");
            if (first == NodeKind.Module)
            {
                node.WaitForLine(ModuleCommand.HeapReady, TimeSpan.FromMinutes(5));
            }

            using var burners = new Burners(network.Nodes[1]);
            Thread.Sleep(s_settle);
            using var control = new Control(realTime: true);
            using var tap = new WireTap(network, 0);
            Thread.Sleep(context.Full ? TimeSpan.FromMilliseconds(WakeupsInFull / Routers * Interval * 10) : s_short);
            return [Evaluate(tap.Take(), control, first)];
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Sample Evaluate(IReadOnlyList<WireAdvertisement> seen, Control control, NodeKind kind)
    {
        const long Period = Interval * 10 * Clock.Millisecond;
        var late = new List<double>(seen.Count);
        int failovers = 0, excused = 0;
        foreach (var router in seen.GroupBy(static advertisement => advertisement.Router))
        {
            long previous = -1;
            foreach (var advertisement in router)
            {
                long gap = advertisement.Time - previous;
                if (previous >= 0)
                {
                    late.Add(Math.Max(0, gap - Period) / 1e6);
                    if (gap > MasterDown)
                    {
                        bool machine = control.WasLate(previous, advertisement.Time, FailoverControl);
                        excused += machine ? 1 : 0;
                        failovers += machine ? 0 : 1;
                    }
                }

                previous = advertisement.Time;
            }
        }

        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["wakeups"] = late.Count,
            ["lateP50Ms"] = Report.Statistics.Percentile(late, 50),
            ["lateP99Ms"] = Report.Statistics.Percentile(late, 99),
            ["lateP999Ms"] = Report.Statistics.Percentile(late, 99.9),
            ["lateWorstMs"] = Report.Statistics.Worst(late),
            ["falseFailovers"] = failovers,
            ["excusedFailovers"] = excused,
            ["controlWorstMs"] = control.Worst / 1e6,
        };
        double from = 0;
        foreach (double to in s_classes.Append(double.PositiveInfinity))
        {
            values[FormattableString.Invariant($"upTo{to}Ms")] = late.Count(value => value >= from && value < to);
            from = to;
        }

        return new Sample(kind == NodeKind.Keepalived ? kind.Text() : "ours", SetAside: false, values);
    }
}
