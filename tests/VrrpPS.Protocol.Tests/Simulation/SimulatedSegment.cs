namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>The links between the nodes: latency, jitter, loss, duplicates, partitions and one-way failures.</summary>
internal sealed class SimulatedSegment
{
    private readonly int _nodes;
    private readonly SplitMix64 _random;
    private readonly long[] _latency;
    private readonly int[] _side;
    private readonly long[] _lastArrival;
    private readonly bool[] _blocked;

    /// <summary>Every link gets its own latency of up to <paramref name="latency"/> nanoseconds, and every packet its own jitter.</summary>
    public SimulatedSegment(int nodes, long latency, long jitter, SplitMix64 random)
    {
        _nodes = nodes;
        _random = random;
        _side = new int[nodes];
        _blocked = new bool[nodes * nodes];
        _lastArrival = new long[nodes * nodes];
        _latency = new long[nodes * nodes];
        Jitter = jitter;
        GreatestDelay = latency + jitter;
        for (int i = 0; i < _latency.Length; i++)
        {
            _latency[i] = random.Between(latency / 4, latency);
        }
    }

    public long Jitter { get; }

    public int LossPercent { get; set; }

    public int DuplicatePercent { get; init; }

    /// <summary>Whether a packet may overtake an earlier one of the same sender.</summary>
    public bool Reorders { get; init; }

    /// <summary>Nothing arrives later than this.</summary>
    public long GreatestDelay { get; }

    public bool HasBlockedLinks { get; private set; }

    /// <summary>No loss and no one-way failure: whoever is on the same side hears everything.</summary>
    public bool IsClean => LossPercent == 0 && !HasBlockedLinks;

    public int SideOf(int node) => _side[node];

    public bool Connects(int from, int to) => _side[from] == _side[to] && !_blocked[(from * _nodes) + to];

    public void Partition()
    {
        for (int i = 0; i < _nodes; i++)
        {
            _side[i] = _random.Below(2);
        }
    }

    public void BlockOneWay()
    {
        int from = _random.Below(_nodes);
        int to = _random.Below(_nodes);
        if (from != to)
        {
            _blocked[(from * _nodes) + to] = true;
            HasBlockedLinks = true;
        }
    }

    public void Heal()
    {
        Array.Clear(_side);
        Array.Clear(_blocked);
        HasBlockedLinks = false;
    }

    public bool Loses() => LossPercent > 0 && _random.Chance(LossPercent);

    public bool Duplicates() => DuplicatePercent > 0 && _random.Chance(DuplicatePercent);

    /// <summary>When a packet sent now arrives.</summary>
    public long Arrival(long now, int from, int to)
    {
        long at = now + _latency[(from * _nodes) + to] + (Jitter == 0 ? 0 : _random.Between(0, Jitter));
        if (!Reorders)
        {
            ref long last = ref _lastArrival[(from * _nodes) + to];
            last = at = Math.Max(at, last);
        }

        return at;
    }
}
