using VrrpPS.Bench.Loops;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>
/// One node on a processor of its own, and on the other one everything else: the harness and, if wanted, a cheap peer that
/// advertises for all virtual routers.
/// </summary>
internal sealed class LoadCell : IDisposable
{
    private const byte PeerPriority = 255;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vrrpps-bench-");
    private readonly Affinity _affinity = new();
    private readonly LoadPlan _plan;
    private readonly string _vrrpps;
    private Node? _peer;

    /// <summary>Builds the network; nothing runs yet.</summary>
    public LoadCell(LoadPlan plan, string vrrpps)
    {
        _plan = plan;
        _vrrpps = vrrpps;
        try
        {
            Network = new BenchNetwork(withClient: false);
        }
        catch
        {
            _affinity.Dispose();
            _directory.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>The network.</summary>
    public BenchNetwork Network { get; }

    /// <summary>The node under test; null while none runs.</summary>
    public Node? Node { get; private set; }

    /// <summary>Starts the cheap peer.</summary>
    public void StartPeer()
    {
        _peer = new Node(NodeKind.Floor, Network.Nodes[1], NodeCommand.Loop(new LoopOptions("send", _plan.Routers, _plan.Interval, PeerPriority, 0)))
        {
            Processors = Affinity.OfHarness,
        };
        _peer.Start();
    }

    /// <summary>Silences the cheap peer: the node takes over.</summary>
    public void StopPeer()
    {
        _peer?.Dispose();
        _peer = null;
    }

    /// <summary>Starts a program and waits until it listens with all its virtual routers.</summary>
    public void StartNode(NodeKind kind)
    {
        Node = new Node(kind, _plan.Configuration(_plan.Routers), Network.Nodes[0], Path.Combine(_directory.FullName, "node"), _vrrpps) { Processors = Affinity.OfNode };
        Node.Start(_plan.Routers);
    }

    /// <summary>Starts a bare loop in the node's place.</summary>
    public void StartLoop(LoopOptions options)
    {
        Node = new Node(NodeKind.Floor, Network.Nodes[0], NodeCommand.Loop(options)) { Processors = Affinity.OfNode };
        Node.Start();
    }

    /// <summary>Waits until the node has all addresses.</summary>
    public void WaitForMasters()
    {
        if (!Wait.TryUntil(() => Network.CountVirtualAddresses(0) == _plan.Routers, s_patience))
        {
            throw new BenchException($"Not all are Master within {s_patience.TotalSeconds} s: {Node?.Said}");
        }
    }

    /// <summary>Ends the node and removes what it leaves.</summary>
    public void EndNode()
    {
        if (Node is not null)
        {
            Node.Dispose();
            Node = null;
            Wait.Until(
                () =>
                {
                    Network.RemoveVirtualAddresses(0);
                    return Network.CountVirtualAddresses(0) == 0;
                },
                s_patience,
                "the addresses of the node are gone");
        }
    }

    /// <summary>What the processors do in a while.</summary>
    public LoadWindow Measure(TimeSpan duration, WireCounter counter)
    {
        List<int> node = Node?.Processes ?? [];
        List<int> own = _peer?.Processes ?? [];
        var before = ProcessorTime.Read(node, own);
        _ = counter.Take();
        Thread.Sleep(duration);
        long packets = counter.Take();
        return new LoadWindow(before, ProcessorTime.Read(node, own), packets);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Node?.Dispose();
        _peer?.Dispose();
        Network.Dispose();
        _affinity.Dispose();
        _directory.Delete(recursive: true);
    }
}
