using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Nodes;
using VrrpPS.Protocol;

namespace VrrpPS.Bench.Cases;

/// <summary>
/// Row 1: how long after the peer's last advertisement and Master_Down_Interval the address is announced, in which order, and whether it
/// answers then. Some takeovers per process; the first of each is a case of its own.
/// </summary>
internal sealed class TakeoverOverheadCase : ICase
{
    private const int PerProcess = 12;

    /// <inheritdoc/>
    public int Row => 1;

    /// <inheritdoc/>
    public string Name => "takeover, 1 address, 100 ms";

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } =
        [(NodeKind.Ours, NodeKind.Ours), (NodeKind.Keepalived, NodeKind.Keepalived)];

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        using var cell = new TakeoverCell(first, new TakeoverPlan(1, AddressFamily.IPv4), context.Vrrpps);
        var samples = new List<Sample>();
        int processes = context.Full ? 20 : 2;
        for (int process = 0; process < processes; process++)
        {
            cell.Start();
            for (int i = 0; i < (context.Full ? PerProcess : PerProcess / 3); i++)
            {
                samples.Add(Evaluate(context, first.Text(), cell.TakeOver(), i == 0));
            }

            cell.Stop();
        }

        return samples;
    }

    private static Sample Evaluate(CaseContext context, string pair, TakeoverTimes times, bool isFirst)
    {
        long due = times.PeerLast + TakeoverPlan.MasterDown;
        bool setAside = context.Control.WasLate(times.PeerLast - Clock.Millisecond, times.PeerLast + Clock.Millisecond)
            || context.Control.WasLate(due - (2 * Clock.Millisecond), times.FirstAnnouncement + (2 * Clock.Millisecond));
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [isFirst ? "firstMs" : "overheadMs"] = (times.FirstAnnouncement - due) / 1e6,
            ["advertisedMs"] = (times.Advertisement - due) / 1e6,
            ["earlyMs"] = Math.Max(0, due - Math.Min(times.Advertisement, times.FirstAnnouncement)) / 1e6,
            ["followsMs"] = (times.FirstAnnouncement - times.Advertisement) / 1e6,
            ["advertisedUnbound"] = times.AdvertisedUnbound ? 1 : 0,
            ["wrongOrder"] = times.Advertisement > times.FirstAnnouncement ? 1 : 0,
            ["askedMs"] = (times.Asked - times.FirstAnnouncement) / 1e6,
            ["answerMs"] = (times.Answer - times.Asked) / 1e6,
        };
        return new Sample(pair, setAside, values);
    }
}
