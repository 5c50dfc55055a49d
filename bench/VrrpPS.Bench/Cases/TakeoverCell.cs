using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>A node that takes over from a peer that falls silent, as often as wanted.</summary>
internal sealed class TakeoverCell : IDisposable
{
    private const int Heard = 4;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vrrpps-bench-");
    private readonly List<IDisposable> _parts = [];
    private readonly TakeoverPlan _plan;
    private readonly TakeoverWatch _watch;
    private readonly SilentPeer _peer;
    private readonly Node _node;

    /// <summary>Builds it; the node is not started.</summary>
    public TakeoverCell(NodeKind kind, TakeoverPlan plan, string vrrpps)
    {
        _plan = plan;
        try
        {
            // The observer is woken by every packet and every event: it stays on one processor, and the node may have the other to itself.
            _ = Own(new Affinity());
            Network = Own(new BenchNetwork(withIPv6: plan.Family == Protocol.AddressFamily.IPv6));
            _watch = Own(new TakeoverWatch(Network, plan));
            _peer = Own(new SilentPeer(Network, plan));
            _node = Own(new Node(kind, plan.Configuration(), Network.Nodes[0], Path.Combine(_directory.FullName, "node"), vrrpps) { Processors = Affinity.Any });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The network.</summary>
    public BenchNetwork Network { get; }

    /// <summary>Starts the node; a peer that is heard keeps it Backup.</summary>
    public void Start()
    {
        var started = Task.Run(() => _node.Start());
        _peer.AdvertiseUntil(() => started.IsCompleted, Heard, s_patience, () => $"The node does not start: {_node.Said}");
        started.GetAwaiter().GetResult();
    }

    /// <summary>Ends the node.</summary>
    public void Stop()
    {
        _node.Kill(guardToo: false);
        _node.WaitForExit();
        Wait.Until(
            () =>
            {
                Network.RemoveVirtualAddresses(0);
                return _watch.Bound == 0;
            },
            s_patience,
            "the addresses of the node are gone");
    }

    /// <summary>One takeover.</summary>
    public TakeoverTimes TakeOver()
    {
        _peer.AdvertiseUntil(() => _watch.Bound == 0, Heard, s_patience, () => $"The node does not give its addresses up: {_node.Said}");

        // The peer has sent once more just now; nothing comes from the node before the timer.
        _watch.Arm();
        return _watch.WaitForTakeover(s_patience)
            ?? throw new BenchException($"The node does not take over ({_watch.Bound} of {_plan.Addresses} addresses): {_node.Said}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            part.Dispose();
        }

        _parts.Clear();
        _directory.Delete(recursive: true);
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _parts.Add(part);
        return part;
    }
}
