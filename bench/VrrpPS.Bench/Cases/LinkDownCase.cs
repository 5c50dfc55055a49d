using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Nodes;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Bench.Cases;

/// <summary>
/// Row 2: the Master's cable is pulled at an interval of 10 ms. How much longer pings were lost than the protocol takes to notice:
/// Master_Down_Interval of the successor less the time since the last advertisement.
/// </summary>
internal sealed class LinkDownCase : ICase
{
    private const int Interval = 1;
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_watched = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    public int Row => 2;

    /// <inheritdoc/>
    public string Name => "link down, 1 address, 10 ms";

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } =
        [(NodeKind.Ours, NodeKind.Ours), (NodeKind.Keepalived, NodeKind.Keepalived)];

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        using var cell = new Cell(first, second, new NodePlan { Interval = Interval }, context.Vrrpps);
        using var tapA = new WireTap(cell.Network, 0);
        using var tapB = new WireTap(cell.Network, 1);
        var random = new Random(Interval);
        var cuts = new List<(long From, long To, int Dead)>();
        for (int run = 0; run < context.Runs; run++)
        {
            _ = cell.WaitForMaster();
            Thread.Sleep(TimeSpan.FromMilliseconds(500 + (random.NextDouble() * 500)));

            // A starved Master may have lost its role meanwhile.
            int dead = cell.WaitForMaster();
            long from = Clock.Now;
            SetPort(cell, dead, up: false);
            if (!cell.Observer.WaitFor((a, b) => (dead == 0 ? b : a) > 0, s_bound))
            {
                throw new BenchException($"Nobody took over: {cell.Nodes[1 - dead].Said}");
            }

            Thread.Sleep(s_watched);
            cuts.Add((from, Clock.Now, dead));
            SetPort(cell, dead, up: true);
        }

        cell.EndProbes();
        IReadOnlyList<WireAdvertisement>[] seen = [tapA.Take(), tapB.Take()];
        return [.. cuts.Select(cut => Evaluate(context, cell, seen[cut.Dead], first.Text(), cut.From, cut.To, cut.Dead))];
    }

    private static Sample Evaluate(CaseContext context, Cell cell, IReadOnlyList<WireAdvertisement> seen, string pair, long from, long to, int dead)
    {
        // What was pulled is silent until it is plugged in again.
        long last = seen.LastOrDefault(advertisement => advertisement.Time < to).Time;
        long down = MasterDown(NodePlan.PriorityOf(1 - dead));
        var lost = cell.Ping.Log.Lost(from - (2 * Clock.Millisecond), to);
        long end = lost.Count > 0 ? lost[^1] + Clock.Millisecond : last;
        bool setAside = context.Control.WasLate(from - (2 * Clock.Millisecond), from + down + (20 * Clock.Millisecond));
        return new Sample(pair, setAside, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            // The outage less what the protocol leaves of it: both begin when the cable is pulled, so only their ends count.
            ["excessMs"] = (end - (last + down)) / 1e6,
            ["outageMs"] = PingLog.LongestOutage(lost) / 1e6,
            ["pulledAfterMs"] = (from - last) / 1e6,
        });
    }

    /// <summary>Three intervals and Skew_Time (RFC 9568 section 6.1), without the rounding to centiseconds.</summary>
    private static long MasterDown(int priority) => ((3 * 256) + (256 - priority)) * (Interval * 10 * Clock.Millisecond) / 256;

    private static void SetPort(Cell cell, int node, bool up)
    {
        int port = cell.Network.PortOf(node);
        cell.Network.Switch.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            if (up)
            {
                netlink.SetLinkUp(port);
            }
            else
            {
                netlink.SetLinkDown(port);
            }
        });
    }
}
