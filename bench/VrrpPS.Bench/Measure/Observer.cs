using VrrpPS.Bench.Network;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// Sees from outside who has which virtual address and when it is announced: netlink events of both nodes' namespaces, and a
/// packet socket at the bridge.
/// </summary>
internal sealed class Observer : IDisposable
{
    private readonly BenchNetwork _network;
    private readonly NetlinkMonitor[] _monitors;
    private readonly PacketSocket _wire;
    private readonly ProbeThread _thread;
    private readonly List<OwnershipEvent> _events = new(65536);
    private readonly List<WireAnnouncement> _announcements = new(65536);
    private readonly bool[][] _bound;
    private readonly List<long>[] _renewals = [new(4096), new(4096)];
    private readonly int[] _count = new int[2];
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _changed = new(initialState: false);

    /// <summary>Starts it.</summary>
    public Observer(BenchNetwork network, int addresses)
    {
        _network = network;
        Addresses = addresses;
        _bound = [new bool[256], new bool[256]];
        _monitors = [.. network.Nodes.Select(static node => node.Namespace.RunInside(NetlinkMonitor.Open))];
        _wire = network.Switch.RunInside(static () => PacketSocket.OpenReceiver(
            new PacketSocketOptions { EtherType = Engine.Linux.Sockets.EtherType.Arp, Timestamps = true }));
        _thread = new ProbeThread(network.Client.Namespace, "observer", Run);
    }

    /// <summary>How many virtual addresses there are.</summary>
    public int Addresses { get; }

    /// <summary>How many of them a node has at the moment.</summary>
    public int Count(int node)
    {
        lock (_gate)
        {
            return _count[node];
        }
    }

    /// <summary>Waits until the nodes have so many addresses each; false when that does not happen in time.</summary>
    public bool WaitFor(Func<int, int, bool> wanted, TimeSpan bound)
    {
        long deadline = Clock.Now + (long)bound.TotalNanoseconds;
        while (true)
        {
            if (wanted(Count(0), Count(1)))
            {
                return true;
            }

            long rest = deadline - Clock.Now;
            if (rest <= 0)
            {
                return false;
            }

            _changed.WaitOne(TimeSpan.FromTicks(Math.Max(1, rest / 100)));
        }
    }

    /// <summary>All events so far.</summary>
    public OwnershipEvent[] Events()
    {
        lock (_gate)
        {
            return [.. _events];
        }
    }

    /// <summary>The first announcement of an address by a node after an instant; null when there is none.</summary>
    public long? FirstAnnouncement(int node, int address, long after)
    {
        lock (_gate)
        {
            foreach (var announcement in _announcements)
            {
                if (announcement.Time >= after && announcement.Node == node && announcement.Address == address)
                {
                    return announcement.Time;
                }
            }

            return null;
        }
    }

    /// <summary>When a node last bound or renewed the first address before an instant; 0 when it never did.</summary>
    public long LastRenewal(int node, long before)
    {
        lock (_gate)
        {
            return _renewals[node].LastOrDefault(time => time < before);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.Dispose();
        _wire.Dispose();
        foreach (var monitor in _monitors)
        {
            monitor.Dispose();
        }

        _changed.Dispose();
    }

    private void Run(CancellationToken end)
    {
        using var poll = new EventPoll();
        poll.Add(_monitors[0].FileDescriptor, 0);
        poll.Add(_monitors[1].FileDescriptor, 1);
        poll.Add(_wire.FileDescriptor, 2);
        byte[] packet = new byte[128];
        while (!end.IsCancellationRequested)
        {
            foreach (int token in poll.Wait(100 * Clock.Millisecond))
            {
                if (token < 2)
                {
                    DrainMonitor(token);
                }
                else
                {
                    DrainWire(packet);
                }
            }
        }
    }

    private void DrainMonitor(int node)
    {
        while (_monitors[node].TryRead(out var change))
        {
            if (change.Kind == NetlinkChangeKind.Overrun)
            {
                throw new BenchException("The kernel had more events than the observer could take.");
            }

            if (change.Kind is not (NetlinkChangeKind.AddressAdded or NetlinkChangeKind.AddressRemoved))
            {
                continue;
            }

            int address = BenchNetwork.IndexOf(change.Address.Address);
            bool bound = change.Kind == NetlinkChangeKind.AddressAdded;
            if (bound && address == 0)
            {
                lock (_gate)
                {
                    _renewals[node].Add(Clock.Now);
                }
            }

            if (address < 0 || _bound[node][address] == bound)
            {
                continue;
            }

            lock (_gate)
            {
                _bound[node][address] = bound;
                _count[node] += bound ? 1 : -1;
                _events.Add(new OwnershipEvent(Clock.Now, node, address, bound));
            }

            _changed.Set();
        }
    }

    private void DrainWire(byte[] packet)
    {
        while (_wire.Receive(packet, out int length, out var metadata))
        {
            if (ArpMessage.TryRead(packet.AsSpan(0, length), out var arp) != DecodeError.None || !arp.IsGratuitous)
            {
                continue;
            }

            int address = BenchNetwork.IndexOf(arp.SenderAddress);
            int node = NodeOf(arp.SenderMac);
            if (address >= 0 && node >= 0)
            {
                lock (_gate)
                {
                    _announcements.Add(new WireAnnouncement(Clock.FromRealTime(metadata.Timestamp), node, address));
                }
            }
        }
    }

    private int NodeOf(MacAddress mac) => Array.FindIndex(_network.Nodes, node => node.Mac == mac);
}
