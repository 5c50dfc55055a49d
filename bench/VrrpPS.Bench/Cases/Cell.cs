using System.Net;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>A network with two nodes that run, a client that pings and asks, and an observer.</summary>
internal sealed class Cell : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vrrpps-bench-");
    private readonly List<IDisposable> _parts = [];
    private readonly int _addresses;

    /// <summary>Builds it and starts both programs.</summary>
    public Cell(NodeKind first, NodeKind second, NodePlan plan, string vrrpps, bool dropPriorityZero = false)
    {
        _addresses = plan.Addresses;
        try
        {
            Network = Own(new BenchNetwork());
            if (dropPriorityZero)
            {
                Firewall.DropPriorityZero(Network);
            }

            Observer = Own(new Observer(Network, plan.Addresses));
            Nodes = [Own(new Node(first, plan, Network, 0, _directory.FullName, vrrpps)), Own(new Node(second, plan, Network, 1, _directory.FullName, vrrpps))];
            Own(new HttpServer(Network.Nodes[0].Namespace, IPAddress.Any));
            Own(new HttpServer(Network.Nodes[1].Namespace, IPAddress.Any));
            Nodes[0].Start();
            Require(Observer.WaitFor((a, _) => a == _addresses, s_patience), "the first node serves");
            Nodes[1].Start();
            Ping = Own(new PingSender(
                Network.Client.Namespace, [.. Enumerable.Range(0, plan.Addresses).Select(static i => IPAddress.Parse(BenchNetwork.VirtualAddress(i).ToString()))], realTime: true));
            Http = Own(new HttpClientLoop(Network.Client.Namespace, IPAddress.Parse(BenchNetwork.VirtualAddress(0).ToString())));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The network.</summary>
    public BenchNetwork Network { get; }

    /// <summary>The programs.</summary>
    public Node[] Nodes { get; }

    /// <summary>Who has which address.</summary>
    public Observer Observer { get; }

    /// <summary>The pings.</summary>
    public PingSender Ping { get; }

    /// <summary>The requests.</summary>
    public HttpClientLoop Http { get; }

    /// <summary>The node that has all addresses while the other has none.</summary>
    /// <exception cref="BenchException">There is none within the bound.</exception>
    public int WaitForMaster()
    {
        Require(Observer.WaitFor((a, b) => (a == _addresses && b == 0) || (a == 0 && b == _addresses), s_patience), "one node serves alone");
        return Observer.Count(0) == _addresses ? 0 : 1;
    }

    /// <summary>Ends the client's probes, so that their logs can be read, after the last answers have had their time.</summary>
    public void EndProbes()
    {
        Thread.Sleep(TimeSpan.FromMilliseconds(400));
        Ping.Dispose();
        Http.Dispose();
        _parts.Remove(Ping);
        _parts.Remove(Http);
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

    private void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new BenchException(
                $"Not within {s_patience.TotalSeconds} s: {what} ({Observer.Count(0)} and {Observer.Count(1)} of {_addresses} addresses). {Nodes?[0].Said}\n{Nodes?[1].Said}");
        }
    }
}
