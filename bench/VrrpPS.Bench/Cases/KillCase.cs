using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>Row 4: SIGKILL to the Master, with or without its guard. What died comes back as Backup and does not preempt.</summary>
internal sealed class KillCase(string name, int interval, bool guardToo) : ICase
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public int Row => 4;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } =
        [(NodeKind.Ours, NodeKind.Ours), (NodeKind.Keepalived, NodeKind.Keepalived)];

    /// <inheritdoc/>
    public bool InShort => interval == 10 && !guardToo;

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        using var cell = new Cell(first, second, new NodePlan { Interval = interval }, context.Vrrpps);
        var random = new Random(interval);
        var kills = new List<(long From, long To, int Dead)>();
        for (int run = 0; run < context.Runs; run++)
        {
            _ = cell.WaitForMaster();
            Thread.Sleep(TimeSpan.FromMilliseconds(1100 + random.Next(1000)));

            // At 10 ms a starved Master may have lost its role meanwhile.
            int dead = cell.WaitForMaster();
            long from = Clock.Now;
            cell.Nodes[dead].Kill(guardToo);
            if (!cell.Observer.WaitFor((a, b) => (dead == 0 ? b : a) > 0, s_bound))
            {
                throw new BenchException($"Nobody took over: {cell.Nodes[1 - dead].Said}");
            }

            // A guard that lives acts within milliseconds.
            _ = cell.Observer.WaitFor((a, b) => (dead == 0 ? a : b) == 0, guardToo ? context.Ever : context.Ever / 3);
            long to = Clock.Now;
            cell.Nodes[dead].WaitForExit();
            cell.Network.RemoveVirtualAddresses(dead);
            cell.Nodes[dead].Start();
            kills.Add((from, to, dead));
        }

        cell.EndProbes();
        var events = cell.Observer.Events();
        string pair = first == NodeKind.Ours ? "ours" : "keepalived";
        return [.. kills.Where(kill => Ownership.HasAny(events, kill.Dead, kill.From)).Select(kill => Evaluate(context, events, pair, kill.From, kill.To, kill.Dead))];
    }

    private static Sample Evaluate(CaseContext context, OwnershipEvent[] events, string pair, long from, long to, int dead)
    {
        long? gone = Ownership.Find(events, dead, bound: false, last: true, from, to);
        long takeover = Ownership.Find(events, 1 - dead, bound: true, last: false, from, to) ?? to;
        long end = gone ?? to;
        bool setAside = context.Control.WasLate(end - (60 * Clock.Millisecond), end + Clock.Millisecond)
            || context.Control.WasLate(takeover - (10 * Clock.Millisecond), takeover + Clock.Millisecond);
        return new Sample(pair, setAside, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["goneMs"] = gone is { } at ? (at - from) / 1e6 : double.PositiveInfinity,
            ["twoOwnersMs"] = gone is null ? double.PositiveInfinity : Ownership.Worst(Ownership.Overlaps(events, from, to)) / 1e6,
            ["takeoverMs"] = (takeover - from) / 1e6,
        });
    }
}
