namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>
/// The addresses of one node with their lifetimes. The kernel goes on expiring them whatever the process does, and is up to
/// a second late at it.
/// </summary>
internal sealed class SimulatedKernel(int addresses, SplitMix64 random)
{
    private readonly bool[] _bound = new bool[addresses];
    private readonly long[] _removeAt = new long[addresses];

    public int BoundCount { get; private set; }

    public bool HasAll => BoundCount == _bound.Length;

    /// <summary>The next removal, or never.</summary>
    public long NextExpiry
    {
        get
        {
            long next = long.MaxValue;
            for (int i = 0; i < _bound.Length; i++)
            {
                next = _bound[i] ? Math.Min(next, _removeAt[i]) : next;
            }

            return next;
        }
    }

    public bool Has(int address) => _bound[address];

    public void BindAll(long now, long lease)
    {
        for (int i = 0; i < _bound.Length; i++)
        {
            Bind(i, now, lease);
        }
    }

    public void Bind(int address, long now, long lease)
    {
        BoundCount += _bound[address] ? 0 : 1;
        _bound[address] = true;
        _removeAt[address] = lease == 0 ? long.MaxValue : now + lease + random.Between(20_000_000, 1_000_000_000);
    }

    /// <summary>Renews what is bound.</summary>
    public void Renew(long now, long lease)
    {
        for (int i = 0; i < _bound.Length; i++)
        {
            if (_bound[i])
            {
                Bind(i, now, lease);
            }
        }
    }

    public void Release(int address)
    {
        BoundCount -= _bound[address] ? 1 : 0;
        _bound[address] = false;
    }

    public void ReleaseAll()
    {
        Array.Clear(_bound);
        BoundCount = 0;
    }

    /// <summary>Removes one expired address.</summary>
    public bool TryExpire(long now, out int address)
    {
        for (address = 0; address < _bound.Length; address++)
        {
            if (_bound[address] && _removeAt[address] <= now)
            {
                Release(address);
                return true;
            }
        }

        return false;
    }
}
