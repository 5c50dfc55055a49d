namespace VrrpPS.Protocol.Election;

/// <summary>
/// Which addresses are still served after the role was given away, and until when: each until shortly after its successor
/// announced it, all at the latest at a common limit.
/// </summary>
internal sealed class ReleasePlan
{
    private Instant[] _releaseAt = [];

    /// <summary>How many addresses are still served.</summary>
    public int Pending { get; private set; }

    /// <summary>When everything left is released.</summary>
    public Instant Limit { get; set; }

    /// <summary>The next thing to do, or never.</summary>
    public Instant NextDeadline
    {
        get
        {
            if (Pending == 0)
            {
                return Instant.Never;
            }

            var next = Limit;
            foreach (var at in _releaseAt)
            {
                next = Instant.Min(next, at);
            }

            return next;
        }
    }

    /// <summary>Serves all of <paramref name="addressCount"/> addresses until <paramref name="limit"/>.</summary>
    public void Begin(int addressCount, Instant limit)
    {
        if (_releaseAt.Length != addressCount)
        {
            _releaseAt = new Instant[addressCount];
        }

        Array.Fill(_releaseAt, Instant.Never);
        Pending = addressCount;
        Limit = limit;
    }

    /// <summary>Whether the plan has released this address already.</summary>
    public bool IsReleased(int index) => Pending > 0 && (uint)index < (uint)_releaseAt.Length && _releaseAt[index] == Done;

    /// <summary>Whether an address is served and nobody has announced it yet.</summary>
    public bool Awaits(int index) => Pending > 0 && (uint)index < (uint)_releaseAt.Length && _releaseAt[index] == Instant.Never;

    /// <summary>The successor has announced an address.</summary>
    public void Announced(int index, Instant now)
    {
        if (Awaits(index))
        {
            _releaseAt[index] = now + ElectionTimers.AnnouncementGrace;
        }
    }

    /// <summary>Releases what is due. Released addresses keep <see cref="Done"/> as their mark.</summary>
    public void Fire(Instant now, EffectBuffer effects)
    {
        if (Pending == 0)
        {
            return;
        }

        if (now >= Limit)
        {
            Abandon(effects);
            return;
        }

        for (int index = 0; index < _releaseAt.Length; index++)
        {
            if (_releaseAt[index] <= now)
            {
                _releaseAt[index] = Done;
                Pending--;
                effects.AddAddress(EffectKind.ReleaseAddress, index);
            }
        }
    }

    /// <summary>Releases everything now.</summary>
    public void Abandon(EffectBuffer effects)
    {
        if (Pending > 0)
        {
            Pending = 0;
            effects.Add(EffectKind.ReleaseAll);
        }
    }

    /// <summary>Forgets the plan without releasing: the router serves again.</summary>
    public void Cancel() => Pending = 0;

    public void Visit(ICheckpointVisitor visitor)
    {
        int pending = Pending;
        var limit = Limit;
        long[] releaseAt = [.. _releaseAt.Select(static at => at.Nanoseconds)];
        visitor.Visit("release.pending", ref pending);
        visitor.Visit("release.limit", ref limit);
        visitor.Visit("release.at", ref releaseAt);
        (Pending, Limit) = (pending, limit);
        _releaseAt = [.. releaseAt.Select(static at => new Instant(at))];
    }

    // Differs from Never, so that a repeated announcement of a released address does not release it twice; never fires.
    private static Instant Done => new(long.MaxValue - 1);
}
