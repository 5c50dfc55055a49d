using VrrpPS.Bench;
using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Service.Tests.EndToEnd.Services;

/// <summary>Sees from outside which node has which address: the netlink events of every node's namespace.</summary>
internal sealed class OwnerWatch : IDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    private readonly NetlinkMonitor[] _monitors;
    private readonly HashSet<(int Node, string Address)> _owners = [];
    private readonly List<OwnerChange> _changes = [];
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _changed = new(initialState: false);
    private readonly ProbeThread _thread;

    /// <summary>Starts it, before any of the addresses it is to see is bound.</summary>
    public OwnerWatch(IReadOnlyList<NetworkNamespace> nodes)
    {
        _monitors = [.. nodes.Select(static node => node.RunInside(NetlinkMonitor.Open))];
        _thread = new ProbeThread(nodes[0], "owners", Run);
    }

    /// <summary>The nodes that have an address now.</summary>
    public int[] Owners(string address)
    {
        lock (_gate)
        {
            return [.. _owners.Where(owner => owner.Address == address).Select(static owner => owner.Node).Order()];
        }
    }

    /// <summary>Waits until exactly these nodes have an address.</summary>
    public void WaitForOwners(string address, params int[] nodes)
    {
        long deadline = Clock.Now + (long)s_bound.TotalNanoseconds;
        while (!Owners(address).SequenceEqual(nodes))
        {
            if (Clock.Now > deadline)
            {
                throw new TimeoutException($"Not within {s_bound}: {address} at [{string.Join(", ", nodes)}]; it is at [{string.Join(", ", Owners(address))}].");
            }

            _changed.WaitOne(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>What happened to an address since an instant.</summary>
    public IReadOnlyList<OwnerChange> ChangesSince(string address, long from)
    {
        lock (_gate)
        {
            return [.. _changes.Where(change => change.Address == address && change.Time >= from)];
        }
    }

    /// <summary>The times since an instant in which more than one node had an address; one that lasts ends now.</summary>
    public IReadOnlyList<(long From, long To)> OverlapsSince(string address, long from)
    {
        var found = new List<(long From, long To)>();
        var owners = new HashSet<int>();
        long since = 0;
        foreach (var change in ChangesSince(address, long.MinValue))
        {
            int before = owners.Count;
            _ = change.Bound ? owners.Add(change.Node) : owners.Remove(change.Node);
            if (before < 2 && owners.Count == 2)
            {
                since = change.Time;
            }
            else if (before == 2 && owners.Count < 2)
            {
                found.Add((since, change.Time));
            }
        }

        if (owners.Count > 1)
        {
            found.Add((since, Clock.Now));
        }

        return [.. found.Where(overlap => overlap.To >= from).Select(overlap => (Math.Max(overlap.From, from), overlap.To))];
    }

    public void Dispose()
    {
        _thread.Dispose();
        foreach (var monitor in _monitors)
        {
            monitor.Dispose();
        }

        _changed.Dispose();
    }

    private void Run(CancellationToken end)
    {
        _ = RealTime.TryEnter();
        using var poll = new EventPoll();
        for (int node = 0; node < _monitors.Length; node++)
        {
            poll.Add(_monitors[node].FileDescriptor, node);
        }

        while (!end.IsCancellationRequested)
        {
            foreach (int node in poll.Wait(100 * Clock.Millisecond))
            {
                Drain(node);
            }
        }
    }

    private void Drain(int node)
    {
        while (_monitors[node].TryRead(out var change))
        {
            switch (change.Kind)
            {
                case NetlinkChangeKind.Overrun:
                    throw new BenchException("The kernel had more events than the watch could take.");
                case NetlinkChangeKind.AddressAdded:
                    Note(node, change.Address.Address.ToString(), bound: true);
                    break;
                case NetlinkChangeKind.AddressRemoved:
                    Note(node, change.Address.Address.ToString(), bound: false);
                    break;
                default:
                    break;
            }
        }
    }

    // A renewal is told as an addition of what is there.
    private void Note(int node, string address, bool bound)
    {
        lock (_gate)
        {
            if (bound ? _owners.Add((node, address)) : _owners.Remove((node, address)))
            {
                _changes.Add(new OwnerChange(Clock.Now, node, address, bound));
            }
        }

        _changed.Set();
    }
}
