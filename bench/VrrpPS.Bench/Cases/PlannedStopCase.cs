using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>
/// Row 3: SIGTERM to the Master at an interval of 1 s, again and again; what left comes back as Backup and does not preempt, so
/// the role goes to and fro.
/// </summary>
internal sealed class PlannedStopCase(string name, int addresses, bool dropPriorityZero) : ICase
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long after the switch the control is looked at. What left is started again only then: a program that starts takes
    /// both processors for a moment, and the control would show that instead of the machine.
    /// </summary>
    private static readonly TimeSpan s_watched = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public int Row => 3;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } =
        [(NodeKind.Ours, NodeKind.Ours), (NodeKind.Ours, NodeKind.Keepalived), (NodeKind.Keepalived, NodeKind.Keepalived)];

    /// <inheritdoc/>
    public bool InShort => addresses == 1 && !dropPriorityZero;

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        var plan = new NodePlan { Addresses = addresses };
        using var cell = new Cell(first, second, plan, context.Vrrpps, dropPriorityZero);
        var random = new Random(addresses);
        var stops = new List<(long From, long To, int Leaver)>();

        // A mixed pair yields both directions in turn.
        int runs = first == second ? context.Runs : 2 * context.Runs;
        for (int run = 0; run < runs; run++)
        {
            int leaver = cell.WaitForMaster();
            Thread.Sleep(TimeSpan.FromMilliseconds(300 + random.Next(1000)));
            long from = Clock.Now;
            cell.Nodes[leaver].Terminate();
            if (!cell.Observer.WaitFor((a, b) => leaver == 0 ? a == 0 && b == addresses : b == 0 && a == addresses, s_bound))
            {
                throw new BenchException($"The role did not go over: {cell.Nodes[leaver].Said}\n{cell.Nodes[1 - leaver].Said}");
            }

            cell.Nodes[leaver].WaitForExit();
            Thread.Sleep(2 * s_watched);
            cell.Nodes[leaver].Start();
            stops.Add((from, Clock.Now, leaver));
        }

        cell.EndProbes();
        var events = cell.Observer.Events();
        return [.. stops.Select((stop, i) => Evaluate(context, cell, events, stop.From, i + 1 < stops.Count ? stops[i + 1].From : stop.To, stop.Leaver))];
    }

    private static Sample Evaluate(CaseContext context, Cell cell, OwnershipEvent[] events, long from, long to, int leaver)
    {
        int successor = 1 - leaver;
        var lost = cell.Ping.Log.Lost(from, to);
        long bound = Ownership.Find(events, successor, bound: true, last: false, from, to) ?? from;
        long released = Ownership.Find(events, leaver, bound: false, last: true, from, to) ?? to;
        long announced = cell.Observer.FirstAnnouncement(successor, 0, from) ?? bound;
        bool setAside = context.Control.WasLate(Math.Min(bound, released) - (5 * Clock.Millisecond), Math.Max(bound, released) + (long)s_watched.TotalNanoseconds)
            || lost.Any(at => context.Control.WasLate(at - (5 * Clock.Millisecond), at + (5 * Clock.Millisecond)));
        var failed = cell.Http.Attempts.Where(attempt => attempt.Start >= from && attempt.Start < to && attempt.Outcome != HttpOutcome.Answered).ToList();
        int atSwitch = failed.Count(attempt => attempt.Start <= announced + Clock.Millisecond && attempt.End >= announced - Clock.Millisecond);
        return new Sample($"{Text(cell, leaver)}->{Text(cell, successor)}", setAside, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["lost"] = lost.Count,
            ["lostInAnnouncement"] = lost.Count(at => at >= announced - Clock.Millisecond && at <= announced + (2 * Clock.Millisecond)),
            ["outageMs"] = PingLog.LongestOutage(lost) / 1e6,
            ["twoOwnersMs"] = Ownership.Worst(Ownership.Overlaps(events, from, to)) / 1e6,
            ["durationMs"] = (released - from) / 1e6,
            ["requestsLost"] = failed.Count - atSwitch,
            ["requestsAtSwitch"] = atSwitch,
            ["firstLossMs"] = lost.Count > 0 ? (lost[0] - from) / 1e6 : -1,
            ["announcedMs"] = (announced - from) / 1e6,
            ["lastAnnouncedMs"] = (Enumerable.Range(0, cell.Observer.Addresses).Max(i => cell.Observer.FirstAnnouncement(successor, i, from) ?? to) - from) / 1e6,
            ["boundMs"] = (bound - from) / 1e6,
        });
    }

    private static string Text(Cell cell, int node) => cell.Nodes[node].Kind == NodeKind.Ours ? "ours" : "keepalived";
}
