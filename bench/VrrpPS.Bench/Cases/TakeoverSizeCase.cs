using VrrpPS.Bench.Loops;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Bench.Cases;

/// <summary>Row 8: from the timer to the last announcement on the wire, by the number of addresses.</summary>
internal sealed class TakeoverSizeCase(int addresses, AddressFamily family) : ICase
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// As old as a network is at least when a node takes over in it. While interfaces have just been set up, the kernel's thread that joins
    /// the multicast group of each IPv6 address lags behind, and addresses are added several times faster: each time it looks through the groups that were joined.
    /// </summary>
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(0.5);

    /// <inheritdoc/>
    public int Row => 8;

    /// <inheritdoc/>
    public string Name => $"takeover, {addresses} {family} {(addresses == 1 ? "address" : "addresses")}";

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } =
        [(NodeKind.Ours, NodeKind.Ours), (NodeKind.Keepalived, NodeKind.Keepalived), (NodeKind.Floor, NodeKind.Floor)];

    /// <inheritdoc/>
    public bool InShort => addresses == 1000;

    /// <inheritdoc/>
    public Growth Growth => new($"takeover-{family}".ToLowerInvariant(), $"Takeover: from the timer to the last announcement, {family}", "addresses", addresses, "lastMs", "milliseconds");

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        var plan = new TakeoverPlan(addresses, family);
        int runs = context.Full ? 30 : 3;
        return first == NodeKind.Floor ? Floor(context, plan, family == AddressFamily.IPv6 ? runs : 2 * runs) : Takeovers(context, plan, first, runs);
    }

    /// <summary>
    /// How many takeovers one network sees. A kernel that has left many multicast groups, one for each IPv6 address that was removed,
    /// keeps them for seconds and looks through all of them for each group at each address that is added: up to five times slower.
    /// </summary>
    private int PerNetwork => family == AddressFamily.IPv6 ? 1 : int.MaxValue;

    private List<Sample> Takeovers(CaseContext context, TakeoverPlan plan, NodeKind kind, int runs)
    {
        var samples = new List<Sample>();
        while (samples.Count < runs)
        {
            using var cell = new TakeoverCell(kind, plan, context.Vrrpps);
            cell.Start();
            for (int i = 0; i < PerNetwork && samples.Count < runs; i++)
            {
                samples.Add(Measure(context, cell, kind));
            }
        }

        return samples;
    }

    private static Sample Measure(CaseContext context, TakeoverCell cell, NodeKind kind)
    {
        var times = cell.TakeOver();
        long due = times.PeerLast + TakeoverPlan.MasterDown;
        return new Sample(
            kind.Text(),
            context.Control.WasLate(due - Clock.Millisecond, times.LastAnnouncement),
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["lastMs"] = (times.LastAnnouncement - due) / 1e6,
                ["besideBothMs"] = (times.LastAnnouncement - due) / 1e6,
                ["besideReadyMs"] = (times.LastAnnouncement - due) / 1e6,
                // The kernel tells of some IPv6 addresses only after they were announced.
                ["boundMs"] = times.AllBound == 0 ? double.NaN : (times.AllBound - due) / 1e6,
                ["advertisedMs"] = (times.Advertisement - due) / 1e6,
                ["firstMs"] = (times.FirstAnnouncement - due) / 1e6,
            });
    }

    private List<Sample> Floor(CaseContext context, TakeoverPlan plan, int runs)
    {
        var samples = new List<Sample>();
        while (samples.Count < runs)
        {
            using var affinity = new Affinity();
            using var network = new BenchNetwork(withIPv6: family == AddressFamily.IPv6);
            using var watch = new TakeoverWatch(network, plan);
            var node = network.Nodes[0];
            Thread.Sleep(s_age);
            node.Namespace.RunInside(() =>
            {
                // As the node may use both.
                Affinity.FreeThread();
                using var batch = new AddressBatchLoop(plan, node.Link);
                using var announcements = new FrameBatch(Announcements(plan, node.Mac), node.Link);
                for (int i = 0; i < PerNetwork && samples.Count < runs; i++)
                {
                    samples.Add(MeasureFloor(context, batch, announcements, watch));
                }
            });
        }

        return samples;
    }

    private static Sample MeasureFloor(CaseContext context, AddressBatchLoop batch, FrameBatch announcements, TakeoverWatch watch)
    {
        _ = watch.WaitForBound(0, s_patience);
        watch.Arm();
        long from = Clock.Now;
        long bound = from + batch.Bind();

        // A thread of the kernel makes the routes that deliver to IPv6 addresses, after they were acknowledged, and tells of each.
        long told = watch.WaitForAllBound(s_patience);
        long announcing = Clock.Now;
        announcements.Send(0, announcements.Count);
        long announced = Clock.Now - announcing;
        bool setAside = context.Control.WasLate(from, announcing + announced);
        _ = batch.Remove();
        return new Sample(NodeKind.Floor.Text(), setAside, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["lastMs"] = (bound - from) / 1e6,
            ["besideBothMs"] = (bound - from + announced) / 1e6,
            ["besideReadyMs"] = (Math.Max(bound, told) - from + announced) / 1e6,
            ["boundMs"] = (told - from) / 1e6,
        });
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Announcements(TakeoverPlan plan, MacAddress mac)
    {
        for (int i = 0; i < plan.Addresses; i++)
        {
            byte[] frame = new byte[128];
            var address = BenchNetwork.VirtualAddress(i, plan.Family);
            int length = plan.Family == AddressFamily.IPv4
                ? ArpFrame.WriteAnnouncement(frame, mac, address)
                : NeighborAdvertisementFrame.WriteUnsolicited(frame, mac, address, address, isRouter: true);
            yield return frame.AsMemory(0, length);
        }
    }
}
