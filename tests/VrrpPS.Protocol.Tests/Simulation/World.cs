using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>A segment with routers on a virtual clock. Everything in it follows from the seed.</summary>
internal sealed class World
{
    private readonly EventQueue _events = new();
    private readonly int[] _believed;

    public World(ulong seed, WorldOptions options)
    {
        Options = options;
        Random = new SplitMix64(seed);
        Shape = WorldShape.Random(Random, options.Fault);
        Segment = Shape.MakeSegment(Random);
        Nodes = new SimulatedNode[Shape.Nodes.Count];
        Invariants = new Invariants(this);
        _believed = new int[Shape.Addresses];
        for (int i = 0; i < Nodes.Length; i++)
        {
            Nodes[i] = new SimulatedNode(this, i, Shape.Nodes[i], Random);
        }
    }

    public WorldOptions Options { get; }

    public WorldShape Shape { get; }

    public SplitMix64 Random { get; }

    public SimulatedSegment Segment { get; }

    public SimulatedNode[] Nodes { get; }

    public Invariants Invariants { get; }

    /// <summary>A process wakes up this much after its deadline at most.</summary>
    public long GreatestLateness => Shape.Latency / 2;

    public Recorder? Recorder => Options.Recorder;

    public Instant Now { get; private set; }

    /// <summary>Events handled so far.</summary>
    public long EventCount { get; private set; }

    /// <summary>Which node a client would send to, by the last announcement it saw.</summary>
    public int Believed(int address) => _believed[address];

    public IRouterModel MakeModel(NodeSettings settings) => settings.IsForeign
        ? new ForeignRouter(settings, Random)
        : Options is { Fault: InjectedFault.None, WrapIntact: false } ? new ProductRouter(settings.Parameters) : new FaultyRouter(settings, Options.Fault);

    public long LeaseOf(NodeSettings settings) => settings.IsForeign ? 0
        : Options.Fault == InjectedFault.LeaseTooLong ? 2 * settings.Parameters.Lease : settings.Parameters.Lease;

    public void Schedule(SimEventKind kind, SimulatedNode node, long after, int number = 0)
        => _events.Push(new SimEvent { At = Now.Nanoseconds + after, Kind = kind, Node = node.Index, Sender = node.Generation, Number = number });

    /// <summary>Lets time pass.</summary>
    public void Run(long nanoseconds)
    {
        long until = Now.Nanoseconds + nanoseconds;
        while (_events.NextAt <= until)
        {
            var item = _events.Pop();
            Now = new Instant(item.At);
            EventCount++;
            Dispatch(item);
            Invariants.Check();
        }

        Now = new Instant(until);
        Invariants.Check();
    }

    public void Advertise(SimulatedNode from, byte priority)
    {
        Invariants.Sending(from, priority);
        int centiseconds = from.Settings.Parameters.AdvertisementInterval.Centiseconds;
        Broadcast(from, new SimEvent { Kind = SimEventKind.Advertisement, Sender = from.Index, Priority = priority, Centiseconds = centiseconds });
    }

    public void Announce(SimulatedNode from, int address)
    {
        if (from.IsUp && Segment.SideOf(from.Index) == 0)
        {
            _believed[address] = from.Index;
        }

        Broadcast(from, new SimEvent { Kind = SimEventKind.Announcement, Sender = from.Index, Number = address });
    }

    private void Broadcast(SimulatedNode from, SimEvent packet)
    {
        if (!from.IsUp)
        {
            return;
        }

        for (int to = 0; to < Nodes.Length; to++)
        {
            if (to == from.Index || !Segment.Connects(from.Index, to) || Segment.Loses())
            {
                continue;
            }

            packet.Node = to;
            packet.At = Segment.Arrival(Now.Nanoseconds, from.Index, to);
            _events.Push(packet);
            if (Segment.Duplicates())
            {
                packet.At = Segment.Arrival(Now.Nanoseconds, from.Index, to);
                _events.Push(packet);
            }
        }
    }

    private void Dispatch(in SimEvent item)
    {
        var node = Nodes[item.Node];
        switch (item.Kind)
        {
            case SimEventKind.Tick:
                node.OnTickEvent(item.Sender, item.Number);
                break;
            case SimEventKind.Advertisement when node.IsUp:
                node.Feed(Input.Received(new AdvertisementInfo(item.Priority, Shape.Nodes[item.Sender].Address, new Interval(item.Centiseconds))));
                break;
            case SimEventKind.Announcement when node.IsUp:
                node.Feed(Input.AddressAnnounced(item.Number));
                break;
            case SimEventKind.Expiry:
                node.OnExpiryEvent();
                break;
            case SimEventKind.Guard when item.Sender == node.Generation && !node.IsAlive:
                node.Kernel.ReleaseAll();
                Invariants.ServingChanged();
                break;
            case SimEventKind.AddressRemoved when item.Sender == node.Generation:
                node.UnknownRemovals--;
                if (!node.Kernel.Has(item.Number))
                {
                    node.Feed(Input.AddressRemoved(item.Number));
                }

                break;
        }
    }
}
