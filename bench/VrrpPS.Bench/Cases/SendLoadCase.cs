using VrrpPS.Bench.Loops;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>
/// Row 6: what an advertisement costs a machine that is Master of many virtual routers at 100 ms, renewals and guard included, and how
/// regular they are on the bridge. An empty run before and after is subtracted.
/// </summary>
internal sealed class SendLoadCase(int routers) : ICase
{
    private const int Interval = 10;
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(2);

    /// <summary>The short run measures it once: the network is the same for all.</summary>
    private LoadWindow? _empty;

    /// <inheritdoc/>
    public int Row => 6;

    /// <inheritdoc/>
    public string Name => routers == 1 ? "sending, 1 router at 100 ms" : $"sending, {routers} routers at 100 ms";

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } =
        [(NodeKind.Ours, NodeKind.Ours), (NodeKind.Keepalived, NodeKind.Keepalived), (NodeKind.Floor, NodeKind.Floor)];

    /// <inheritdoc/>
    public bool InShort => routers == 255;

    /// <inheritdoc/>
    public Growth Growth => new("sending", "Sending: processor time of the processes per advertisement", "virtual routers at 100 ms", routers, "processUs", "microseconds");

    /// <summary>By how much an advertisement may be early, in nanoseconds: min(2 ms, interval/20).</summary>
    public static long Slack => Math.Min(2 * Clock.Millisecond, Interval * 10 * Clock.Millisecond / 20);

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        using var cell = new LoadCell(new LoadPlan(routers, Interval), context.Vrrpps);
        using var counter = new WireCounter(cell.Network, 0);
        if (context.Full || _empty is null)
        {
            _empty = cell.Measure(context.Window, counter);
        }

        var emptyBefore = _empty;

        if (first == NodeKind.Floor)
        {
            cell.StartLoop(new LoopOptions(LoopOptions.Together, routers, Interval, 254, (int)(Slack / 1000)));
        }
        else
        {
            cell.StartNode(first);
            cell.WaitForMasters();
            Thread.Sleep(s_settle);
        }

        var windows = Enumerable.Range(0, context.Windows).Select(_ => cell.Measure(context.Window, counter)).ToList();
        var regularity = MeasureRegularity(context, cell);
        cell.EndNode();
        var emptyAfter = context.Full ? cell.Measure(context.Window, counter) : emptyBefore;
        double empty = (emptyBefore.Busy(Affinity.Node) + emptyAfter.Busy(Affinity.Node)) / 2;
        return [.. windows.Select(window => new Sample(first.Text(), window.IsDisturbedBeside(emptyBefore), new Dictionary<string, double>(regularity, StringComparer.Ordinal)
        {
            ["machineUs"] = window.Microseconds((Affinity.Node, empty)),
            ["processUs"] = window.ProcessMicroseconds,
            ["wakeups"] = window.WakeupsPerPacket,
            ["packets"] = window.Packets,
            ["rate"] = window.Packets * 1e9 / window.Duration,
            ["emptyShare"] = empty,
            ["othersShare"] = window.Others,
        }))];
    }

    private static Dictionary<string, double> MeasureRegularity(CaseContext context, LoadCell cell)
    {
        using var control = new Control(realTime: true, static () => Affinity.PinThread(Affinity.Node));
        using var tap = new WireTap(cell.Network, 0);
        long from = Clock.Now;
        Thread.Sleep(context.Window);
        var regularity = Regularity.Of(tap.Take(), Interval * 10 * Clock.Millisecond, control);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["jitterP99Ms"] = regularity.Percentile99 / 1e6,
            ["jitterWorstMs"] = regularity.Worst / 1e6,
            ["earlyWorstMs"] = regularity.Earliest / 1e6,
            ["unexplained"] = regularity.Unexplained,
            ["drift"] = regularity.MeanDeviation / 1e3,
            ["controlWorstMs"] = control.Worst / 1e6,
            ["regularitySeconds"] = (Clock.Now - from) / 1e9,
        };
    }
}
