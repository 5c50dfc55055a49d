namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>The links between the nodes: latency, jitter, loss, duplicates, partitions and one-way failures.</summary>
internal sealed class SimulatedSegment(int nodes, SplitMix64 random)
{
    private readonly int[] _side = new int[nodes];
    private readonly long[] _lastArrival = new long[nodes * nodes];
    private readonly bool[] _blocked = new bool[nodes * nodes];

    public long Latency { get; init; }

    public long Jitter { get; init; }

    public int LossPercent { get; set; }

    public int DuplicatePercent { get; init; }

    /// <summary>Whether a packet may overtake an earlier one of the same sender.</summary>
    public bool Reorders { get; init; }

    /// <summary>Nothing arrives later than this.</summary>
    public long GreatestDelay => Latency + Jitter;

    public bool HasBlockedLinks { get; private set; }

    /// <summary>No loss and no one-way failure: whoever is on the same side hears everything.</summary>
    public bool IsClean => LossPercent == 0 && !HasBlockedLinks;

    public int SideOf(int node) => _side[node];

    public bool Connects(int from, int to) => _side[from] == _side[to] && !_blocked[(from * nodes) + to];

    public void Partition()
    {
        for (int i = 0; i < nodes; i++)
        {
            _side[i] = random.Below(2);
        }
    }

    public void BlockOneWay()
    {
        int from = random.Below(nodes);
        int to = random.Below(nodes);
        if (from != to)
        {
            _blocked[(from * nodes) + to] = true;
            HasBlockedLinks = true;
        }
    }

    public void Heal()
    {
        Array.Clear(_side);
        Array.Clear(_blocked);
        HasBlockedLinks = false;
    }

    public bool Loses() => LossPercent > 0 && random.Chance(LossPercent);

    public bool Duplicates() => DuplicatePercent > 0 && random.Chance(DuplicatePercent);

    /// <summary>When a packet sent now arrives.</summary>
    public long Arrival(long now, int from, int to)
    {
        long at = now + Latency + (Jitter == 0 ? 0 : random.Between(0, Jitter));
        if (!Reorders)
        {
            ref long last = ref _lastArrival[(from * nodes) + to];
            last = at = Math.Max(at, last);
        }

        return at;
    }
}
