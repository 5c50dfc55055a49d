using System.Buffers.Binary;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// Watches one takeover after the other: what the node and its silent peer send (times of the packets at the bridge), when the node's
/// addresses are there (the kernel's own events), and whether an address answers as soon as it is announced.
/// </summary>
internal sealed class TakeoverWatch : IDisposable
{
    private const int IPProtocolOffset = 23, IPv6NextHeaderOffset = 20, IPv6PayloadOffset = 54, IPv4PayloadOffset = 34;
    private const int ArpOffset = 14, EtherTypeOffset = 12, NeighborTargetOffset = IPv6PayloadOffset + 8;
    private const byte VrrpProtocol = 112, Icmpv6 = 58, NeighborAdvertisement = 136;

    private readonly BenchNetwork _network;
    private readonly TakeoverPlan _plan;
    private readonly NetlinkMonitor _monitor;
    private readonly PacketSocket[] _ports;
    private readonly PacketSocket _prober;
    private readonly byte[] _probe = new byte[ArpFrame.Length];
    private readonly bool[] _bound;
    private readonly bool[] _announced;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _changed = new(initialState: false);
    private readonly ProbeThread _thread;
    private TakeoverTimes _times;
    private int _boundCount;
    private bool _armed;

    /// <summary>Starts it.</summary>
    public TakeoverWatch(BenchNetwork network, TakeoverPlan plan)
    {
        _network = network;
        _plan = plan;
        _bound = new bool[plan.Addresses];
        _announced = new bool[plan.Addresses];
        _monitor = network.Nodes[0].Namespace.RunInside(NetlinkMonitor.Open);
        _ports = [Open(0), Open(1)];
        _prober = network.Client.Namespace.RunInside(PacketSocket.OpenSender);
        if (plan.Family == AddressFamily.IPv4)
        {
            var request = new ArpMessage(
                ArpOperation.Request, network.Client.Mac, InetAddress.Parse("10.77.0.250"), default, BenchNetwork.VirtualAddress(0));
            _ = ArpFrame.Write(_probe, request);
        }

        _thread = new ProbeThread(network.Switch, "takeover", Run);
    }

    /// <summary>How many of its addresses the node has.</summary>
    public int Bound
    {
        get
        {
            lock (_gate)
            {
                return _boundCount;
            }
        }
    }

    /// <summary>From now on a takeover counts; what was seen before is forgotten.</summary>
    public void Arm()
    {
        lock (_gate)
        {
            _times = new TakeoverTimes { PeerLast = _times.PeerLast };
            Array.Clear(_announced);
            _armed = true;
        }
    }

    /// <summary>Waits for the last announcement; null when it does not come in time.</summary>
    public TakeoverTimes? WaitForTakeover(TimeSpan bound) => WaitFor(() => _times.Announcements == _plan.Addresses && (_plan.Family == AddressFamily.IPv6 || _times.Answer > 0), bound)
        ? Take()
        : null;

    /// <summary>Waits until the kernel has told of all addresses; when it told of the last one.</summary>
    public long WaitForAllBound(TimeSpan bound) => WaitFor(() => _times.AllBound > 0, bound)
        ? Take().AllBound
        : throw new BenchException($"The kernel tells of {Bound} of {_plan.Addresses} addresses.");

    /// <summary>Waits until the node has so many addresses.</summary>
    public bool WaitForBound(int count, TimeSpan bound) => WaitFor(() => _boundCount == count, bound);

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.Dispose();
        _monitor.Dispose();
        foreach (var port in _ports)
        {
            port.Dispose();
        }

        _prober.Dispose();
        _changed.Dispose();
    }

    private TakeoverTimes Take()
    {
        lock (_gate)
        {
            _armed = false;
            return _times;
        }
    }

    private bool WaitFor(Func<bool> condition, TimeSpan bound)
    {
        long deadline = Clock.Now + (long)bound.TotalNanoseconds;
        while (true)
        {
            lock (_gate)
            {
                if (condition())
                {
                    return true;
                }
            }

            long rest = deadline - Clock.Now;
            if (rest <= 0)
            {
                return false;
            }

            _changed.WaitOne(TimeSpan.FromTicks(Math.Max(1, rest / 100)));
        }
    }

    private PacketSocket Open(int node)
    {
        int port = _network.PortOf(node);
        return _network.Switch.RunInside(() => PacketSocket.OpenReceiver(new PacketSocketOptions
        {
            EtherType = Engine.Linux.Sockets.EtherType.All,
            InterfaceIndex = port,
            IncludeLinkHeader = true,
            Timestamps = true,
            ReceiveBuffer = 16 * 1024 * 1024,
        }));
    }

    private void Run(CancellationToken end)
    {
        _ = RealTime.TryEnter();
        using var poll = new EventPoll();
        poll.Add(_monitor.FileDescriptor, 0);
        poll.Add(_ports[0].FileDescriptor, 1);
        poll.Add(_ports[1].FileDescriptor, 2);
        byte[] packet = new byte[128];
        while (!end.IsCancellationRequested)
        {
            if (poll.Wait(100 * Clock.Millisecond).Length == 0)
            {
                continue;
            }

            // The kernel's events first: what was bound before a packet left is noticed before the packet.
            DrainMonitor();
            Drain(0, packet);
            Drain(1, packet);
            _changed.Set();
        }
    }

    private void DrainMonitor()
    {
        while (_monitor.TryRead(out var change))
        {
            if (change.Kind == NetlinkChangeKind.Overrun)
            {
                throw new BenchException("The kernel had more events than the observer could take.");
            }

            int index = change.Kind is NetlinkChangeKind.AddressAdded or NetlinkChangeKind.AddressRemoved ? BenchNetwork.IndexOf(change.Address.Address) : -1;
            bool bound = change.Kind == NetlinkChangeKind.AddressAdded;
            if (index < 0 || index >= _bound.Length || change.Address.Address.Family != _plan.Family || _bound[index] == bound)
            {
                continue;
            }

            lock (_gate)
            {
                _bound[index] = bound;
                _boundCount += bound ? 1 : -1;
                if (_armed && bound && _boundCount == _plan.Addresses)
                {
                    _times = _times with { AllBound = Clock.Now };
                }
            }
        }
    }

    private void Drain(int node, byte[] packet)
    {
        while (_ports[node].Receive(packet, out int length, out var metadata))
        {
            long time = Clock.FromRealTime(metadata.Timestamp);
            var data = packet.AsSpan(0, length);
            if (node == 0 && IsAdvertisement(data))
            {
                // What happened before the packet left is in the queue by now.
                DrainMonitor();
            }

            if (node == 1)
            {
                if (IsAdvertisement(data))
                {
                    lock (_gate)
                    {
                        _times = _times with { PeerLast = time };
                    }
                }
            }
            else
            {
                OnNode(data, time);
            }
        }
    }

    private void OnNode(ReadOnlySpan<byte> data, long time)
    {
        lock (_gate)
        {
            if (!_armed)
            {
                return;
            }

            if (IsAdvertisement(data))
            {
                _times = _times.Advertisement == 0
                    ? _times with { Advertisement = time, AdvertisedUnbound = _boundCount < _plan.Addresses }
                    : _times;
                return;
            }

            var (index, isAnswer) = AnnouncedBy(data);
            if (isAnswer)
            {
                _times = _times.Answer == 0 && _times.Announcements > 0 ? _times with { Answer = time } : _times;
            }
            else if (index >= 0 && index < _announced.Length && !_announced[index])
            {
                _announced[index] = true;
                _times = _times with
                {
                    FirstAnnouncement = _times.FirstAnnouncement == 0 ? time : _times.FirstAnnouncement,
                    LastAnnouncement = time,
                    Announcements = _times.Announcements + 1,
                };
            }
            else
            {
                return;
            }

            if (index == 0 && !isAnswer && _plan.Family == AddressFamily.IPv4)
            {
                // Asked at the moment at which the announcement is seen.
                _times = _times with { Asked = Clock.Now };
                _ = _prober.Send(_network.Client.Link, _probe, out _);
            }
        }
    }

    private static bool IsAdvertisement(ReadOnlySpan<byte> frame) => EtherTypeOf(frame) switch
    {
        Engine.Linux.Sockets.EtherType.IPv4 => frame.Length > IPv4PayloadOffset + 1 && frame[IPProtocolOffset] == VrrpProtocol && frame[IPv4PayloadOffset + 1] == TakeoverPlan.Router,
        Engine.Linux.Sockets.EtherType.IPv6 => frame.Length > IPv6PayloadOffset + 1 && frame[IPv6NextHeaderOffset] == VrrpProtocol && frame[IPv6PayloadOffset + 1] == TakeoverPlan.Router,
        _ => false,
    };

    private static (int Index, bool IsAnswer) AnnouncedBy(ReadOnlySpan<byte> frame)
    {
        switch (EtherTypeOf(frame))
        {
            case Engine.Linux.Sockets.EtherType.Arp when ArpMessage.TryRead(frame[ArpOffset..], out var arp) == DecodeError.None:
                int index = BenchNetwork.IndexOf(arp.SenderAddress);
                return arp.IsGratuitous ? (index, false) : (index, index == 0 && arp.Operation == ArpOperation.Reply);
            case Engine.Linux.Sockets.EtherType.IPv6 when frame.Length >= NeighborTargetOffset + 16
                && frame[IPv6NextHeaderOffset] == Icmpv6 && frame[IPv6PayloadOffset] == NeighborAdvertisement:
                return (BenchNetwork.IndexOf(InetAddress.Read(frame.Slice(NeighborTargetOffset, 16))), false);
            default:
                return (-1, false);
        }
    }

    private static ushort EtherTypeOf(ReadOnlySpan<byte> frame) => frame.Length > ArpOffset ? BinaryPrimitives.ReadUInt16BigEndian(frame[EtherTypeOffset..]) : (ushort)0;
}
