using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>
/// Nodes with one virtual router on each of two segments, in one sync group per node, on a virtual clock. Frames take up to two
/// milliseconds; a node that is cut off from a segment neither sends nor hears there.
/// </summary>
internal sealed class GroupWorld
{
    public const int Segments = 2;

    private readonly Random _random;
    private readonly PriorityQueue<(int Node, int Segment, Input Input), long> _wire = new();
    private readonly EffectBuffer _effects = new();
    private readonly VirtualRouter[,] _routers;
    private readonly bool[,] _down;
    private readonly SyncGroup[] _groups;

    public GroupWorld(int seed, int nodes, bool isGrouped = true)
    {
        _random = new Random(seed);
        Nodes = nodes;
        _routers = new VirtualRouter[nodes, Segments];
        _down = new bool[nodes, Segments];
        _groups = new SyncGroup[nodes];
        for (int node = 0; node < nodes; node++)
        {
            _groups[node] = new SyncGroup();
            bool preempt = _random.Next(4) != 0;
            for (int segment = 0; segment < Segments; segment++)
            {
                // Crossed priorities on purpose: the best node of one segment may be the worst of the other.
                var router = new VirtualRouter(new RouterParameters
                {
                    Priority = (byte)_random.Next(50, 255),
                    Preempt = preempt,
                    PreemptDelay = _random.Next(3) == 0 ? Instant.NanosecondsPerSecond : 0,
                    Lease = 2 * Instant.NanosecondsPerSecond,
                });
                _routers[node, segment] = router;
                if (isGrouped)
                {
                    _groups[node].Add(router);
                }

                Do(node, segment, Input.PrimaryAddressChanged(InetAddress.FromIPv4(0x0A000001 + (uint)node)));
                Do(node, segment, Input.GroupChanged(isGrouped));
                Do(node, segment, Input.Startup());
            }

            Settle(node);
        }
    }

    public int Nodes { get; }

    public Instant Now { get; private set; } = new(1000 * Instant.NanosecondsPerSecond);

    public VirtualRouter this[int node, int segment] => _routers[node, segment];

    /// <summary>One thing that can happen to a real node.</summary>
    public void Disturb()
    {
        int node = _random.Next(Nodes);
        int segment = _random.Next(Segments);
        switch (_random.Next(7))
        {
            case 0 or 1:
                SetDown(node, segment, !_down[node, segment]);
                break;
            case 2:
                Do(node, segment, Input.FaultsChanged(Faults(node, segment) | FaultReasons.Tracker, LastEvent.TrackerFault));
                break;
            case 3:
                Do(node, segment, Input.FaultsChanged(Faults(node, segment), LastEvent.FaultCleared));
                break;
            case 4:
                Do(node, segment, Input.Suspend());
                break;
            case 5:
                Do(node, segment, Input.HandOver());
                break;
            default:
                Do(node, segment, Input.Resume());
                break;
        }

        Settle(node);
    }

    /// <summary>Everything works again and nobody is held back.</summary>
    public void Heal()
    {
        for (int node = 0; node < Nodes; node++)
        {
            for (int segment = 0; segment < Segments; segment++)
            {
                _down[node, segment] = false;
                Do(node, segment, Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared));
                Do(node, segment, Input.Resume());
            }

            Settle(node);
        }
    }

    public void SetDown(int node, int segment, bool down)
    {
        _down[node, segment] = down;
        Do(node, segment, Input.FaultsChanged(Faults(node, segment), down ? LastEvent.InterfaceDown : LastEvent.InterfaceUp));
        Settle(node);
    }

    public void Step(int node, int segment, Input input)
    {
        Do(node, segment, input);
        Settle(node);
    }

    public void Run(double seconds)
    {
        var end = Now + (long)(seconds * Instant.NanosecondsPerSecond);
        while (true)
        {
            var (node, segment, next) = NextDeadline();
            bool isFrame = _wire.TryPeek(out _, out long arrives) && arrives <= next.Nanoseconds;
            next = isFrame ? new Instant(arrives) : next;
            if (next > end)
            {
                Now = end;
                return;
            }

            Now = Instant.Max(Now, next);
            if (isFrame)
            {
                var frame = _wire.Dequeue();
                if (!_down[frame.Node, frame.Segment])
                {
                    Step(frame.Node, frame.Segment, frame.Input);
                }
            }
            else
            {
                Step(node, segment, Input.Tick());
            }
        }
    }

    public override string ToString() => string.Join("; ", Enumerable.Range(0, Nodes).Select(node => string.Join(", ", Enumerable.Range(0, Segments)
        .Select(segment => $"{node}/{segment} {_routers[node, segment].State} {_routers[node, segment].Priority} {_routers[node, segment].Faults}"))));

    private FaultReasons Faults(int node, int segment) => _down[node, segment] ? FaultReasons.InterfaceDown : FaultReasons.None;

    private (int Node, int Segment, Instant At) NextDeadline()
    {
        var next = (Node: 0, Segment: 0, At: Instant.Never);
        for (int node = 0; node < Nodes; node++)
        {
            for (int segment = 0; segment < Segments; segment++)
            {
                var at = _routers[node, segment].NextDeadline;
                next = at < next.At ? (node, segment, at) : next;
            }
        }

        return next;
    }

    private void Settle(int node)
    {
        for (int guard = 0; _groups[node].TryNext(Now, out var advice); guard++)
        {
            if (guard > 50)
            {
                throw new InvalidOperationException($"The group of node {node} never settles: {advice}; {this}");
            }

            Do(node, advice.Member, advice.Input);
        }
    }

    private void Do(int node, int segment, in Input input)
    {
        var router = _routers[node, segment];
        _effects.Clear();
        router.Step(input, Now, _effects);
        foreach (var effect in _effects.Span)
        {
            if (_down[node, segment])
            {
                continue;
            }

            if (effect.Kind == EffectKind.SendAdvertisement)
            {
                Send(node, segment, Input.Received(new AdvertisementInfo(effect.Priority, router.PrimaryAddress, Interval.OneSecond, true)));
            }
            else if (effect.Kind is EffectKind.AnnounceAll or EffectKind.AnnounceAddress)
            {
                Send(node, segment, Input.AddressAnnounced(0));
            }
        }

        if (_effects.Span.ToArray().Any(static effect => effect.Kind == EffectKind.RenewLease))
        {
            router.Step(Input.LeaseRenewed(), Now, new EffectBuffer());
        }
    }

    private void Send(int from, int segment, in Input input)
    {
        for (int node = 0; node < Nodes; node++)
        {
            if (node != from)
            {
                _wire.Enqueue((node, segment, input), Now.Nanoseconds + _random.Next(100_000, 2_000_000));
            }
        }
    }
}
