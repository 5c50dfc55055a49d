using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>
/// Row 5: SIGSTOP to the Master at an interval of 1 s for 1.9 to 6 s, then SIGCONT, with or without its guard. The first node
/// preempts, so after a long freeze the role comes back to it within the ten seconds that are watched.
/// </summary>
internal sealed class FreezeCase(string name, bool guardToo) : ICase
{
    private const double ShortestFreeze = 1.9, LongestFreeze = 6;
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public int Row => 5;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } =
        [(NodeKind.Ours, NodeKind.Ours), (NodeKind.Keepalived, NodeKind.Keepalived)];

    /// <inheritdoc/>
    public bool InShort => !guardToo;

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        // Freezing is mostly waiting: cells side by side save hours and add little load.
        int cells = Math.Min(4, context.Runs);
        var samples = new List<Sample>[cells];
        var failures = new Exception?[cells];
        var threads = Enumerable.Range(0, cells).Select(cell => new Thread(() =>
        {
            try
            {
                samples[cell] = RunCell(context, first, second, cell, cells);
            }
            catch (Exception exception)
            {
                failures[cell] = exception;
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        return Array.Find(failures, static failure => failure is not null) is { } failed
            ? throw new BenchException(failed.ToString())
            : [.. samples.SelectMany(static list => list)];
    }

    private List<Sample> RunCell(CaseContext context, NodeKind first, NodeKind second, int cellNumber, int cells)
    {
        using var cell = new Cell(first, second, new NodePlan { Preempt = true }, context.Vrrpps);
        var random = new Random(cellNumber);
        var freezes = new List<(long From, long Resume, long To)>();
        for (int run = cellNumber; run < context.Runs; run += cells)
        {
            _ = cell.WaitForMaster();
            if (!cell.Observer.WaitFor(static (a, b) => a == 1 && b == 0, s_bound))
            {
                throw new BenchException($"The first node does not come back: {cell.Nodes[0].Said}\n{cell.Nodes[1].Said}");
            }

            Thread.Sleep(TimeSpan.FromMilliseconds(1100 + random.Next(1000)));
            var victims = guardToo ? [.. cell.Nodes[0].Speakers, .. cell.Nodes[0].Guards] : cell.Nodes[0].Speakers;
            double seconds = ShortestFreeze + ((LongestFreeze - ShortestFreeze) * (run + random.NextDouble()) / context.Runs);
            long from = Clock.Now;
            victims.ForEach(static pid => Signals.Send(pid, Signals.Stop));
            Thread.Sleep(TimeSpan.FromSeconds(seconds));
            long resume = Clock.Now;
            victims.ForEach(static pid => Signals.Send(pid, Signals.Continue));
            Thread.Sleep(context.AfterFreeze);
            freezes.Add((from, resume, Clock.Now));
        }

        cell.EndProbes();
        var events = cell.Observer.Events();
        string pair = first == NodeKind.Ours ? "ours" : "keepalived";
        return [.. freezes.Select(freeze => Evaluate(context, cell, events, pair, freeze.From, freeze.Resume, freeze.To))];
    }

    private static Sample Evaluate(CaseContext context, Cell cell, OwnershipEvent[] events, string pair, long from, long resume, long to)
    {
        var lost = cell.Ping.Log.Lost(resume, to);

        // What begins while the node is frozen is the freeze's; what begins later is the hand-over back.
        var overlaps = Ownership.Overlaps(events, from, to);
        var frozen = overlaps.Where(overlap => overlap.From < resume).ToList();
        bool setAside = context.Control.WasLate(resume - Clock.Millisecond, resume + (20 * Clock.Millisecond))
            || lost.Any(at => context.Control.WasLate(at - (5 * Clock.Millisecond), at + (5 * Clock.Millisecond)))
            || frozen.Any(overlap => context.Control.WasLate(overlap.From - Clock.Millisecond, Math.Min(overlap.To, overlap.From + (20 * Clock.Millisecond))));
        return new Sample(pair, setAside, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["frozenMs"] = (resume - from) / 1e6,
            ["goneMs"] = ((Ownership.Find(events, 0, bound: false, last: false, from, resume) ?? resume) - from) / 1e6,
            ["takenOverMs"] = ((Ownership.Find(events, 1, bound: true, last: false, from, resume) ?? resume) - from) / 1e6,
            ["lastRenewalMs"] = (cell.Observer.LastRenewal(0, from + (10 * Clock.Millisecond)) - from) / 1e6,
            ["twoOwnersMs"] = Ownership.Worst(frozen) / 1e6,
            ["twoOwnersBackMs"] = Ownership.Worst(overlaps.Except(frozen)) / 1e6,
            ["outageMs"] = lost.Count,
            ["longestMs"] = PingLog.LongestOutage(lost) / 1e6,
            ["firstLossMs"] = lost.Count > 0 ? (lost[0] - resume) / 1e6 : -1,
            ["lostWhileFrozen"] = cell.Ping.Log.Lost(from, resume).Count,
        });
    }
}
