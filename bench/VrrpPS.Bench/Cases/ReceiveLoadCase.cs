using VrrpPS.Bench.Loops;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>
/// Row 7: what an advertisement costs a machine that is Backup of many virtual routers at 100 ms. A bare loop on the other processor
/// sends them, each alone. What it and the kernel cost without a receiver is the empty run, of both processors: the kernel looks for
/// receivers where the sender is.
/// </summary>
internal sealed class ReceiveLoadCase(int routers) : ICase
{
    private const int Interval = 10;
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(2);

    /// <summary>The short run measures it once: the network and the peer are the same for all.</summary>
    private LoadWindow? _empty;

    /// <inheritdoc/>
    public int Row => 7;

    /// <inheritdoc/>
    public string Name => routers == 1 ? "receiving, 1 router at 100 ms" : $"receiving, {routers} routers at 100 ms";

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } =
        [(NodeKind.Ours, NodeKind.Ours), (NodeKind.Keepalived, NodeKind.Keepalived), (NodeKind.Floor, NodeKind.Floor)];

    /// <inheritdoc/>
    public bool InShort => routers == 255;

    /// <inheritdoc/>
    public Growth Growth => new("receiving", "Receiving: processor time of the processes per advertisement", "virtual routers at 100 ms", routers, "processUs", "microseconds");

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        using var cell = new LoadCell(new LoadPlan(routers, Interval), context.Vrrpps);
        using var counter = new WireCounter(cell.Network, 1);
        cell.StartPeer();
        Thread.Sleep(s_settle);
        if (context.Full || _empty is null)
        {
            _empty = cell.Measure(context.Window, counter);
        }

        var emptyBefore = _empty;
        if (first == NodeKind.Floor)
        {
            cell.StartLoop(new LoopOptions("receive", routers, Interval, 0, 0));
        }
        else
        {
            cell.StartNode(first);
        }

        Thread.Sleep(s_settle);
        var windows = Enumerable.Range(0, context.Windows).Select(_ => cell.Measure(context.Window, counter)).ToList();
        if (cell.Network.CountVirtualAddresses(0) > 0)
        {
            throw new BenchException($"{first} does not listen to the peer: it has become Master. {cell.Node?.Said}");
        }

        cell.EndNode();
        var emptyAfter = context.Full ? cell.Measure(context.Window, counter) : emptyBefore;
        double Empty(int processor) => (emptyBefore.Busy(processor) + emptyAfter.Busy(processor)) / 2;
        return [.. windows.Select(window => new Sample(first.Text(), window.IsDisturbedBeside(emptyBefore), new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["machineUs"] = window.Microseconds((Affinity.Node, Empty(Affinity.Node)), (Affinity.Harness, Empty(Affinity.Harness))),
            ["nodeUs"] = window.Microseconds((Affinity.Node, Empty(Affinity.Node))),
            ["processUs"] = window.ProcessMicroseconds,
            ["wakeups"] = window.WakeupsPerPacket,
            ["packets"] = window.Packets,
            ["rate"] = window.Packets * 1e9 / window.Duration,
            ["othersShare"] = window.Others,
        }))];
    }
}
