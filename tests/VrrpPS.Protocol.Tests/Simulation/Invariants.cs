using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>What holds at every instant. Checked after every event; what is costly only after something changed.</summary>
internal sealed partial class Invariants
{
    private const int Sides = 2;

    private readonly World _world;
    private readonly long[] _unservedSince = [long.MaxValue, long.MaxValue];
    private readonly long[] _serviceDue = [long.MaxValue, long.MaxValue];
    private readonly long[] _dualSince = [long.MaxValue, long.MaxValue];
    private readonly bool[] _covered;
    private readonly SendWindow[] _sends;
    private readonly long _allowance;
    private long _disturbedAt;
    private long _gapAllowedUntil;
    private bool _changed = true;

    public Invariants(World world)
    {
        _world = world;
        _sends = new SendWindow[world.Nodes.Length];
        _covered = new bool[Sides];
        _allowance = (2 * (world.Segment.GreatestDelay + world.GreatestLateness)) + Instant.NanosecondsPerMillisecond;
    }

    /// <summary>Takeovers of the role so far, first ones included.</summary>
    public int Takeovers { get; private set; }

    private long Now => _world.Now.Nanoseconds;

    /// <summary>Somebody's state or addresses changed.</summary>
    public void ServingChanged() => _changed = true;

    /// <summary>Links or nodes changed: what the routers know of each other has to be learned again.</summary>
    public void Disturbed()
    {
        _disturbedAt = Now;
        _changed = true;

        // Seen as it is now: the next event may change it again, and a node that still serves counts until then.
        Check();
    }

    /// <summary>Something unplanned happened, so that addresses may be unserved for a while.</summary>
    public void AllowGap(long nanoseconds) => _gapAllowedUntil = Math.Max(_gapAllowedUntil, Now + nanoseconds);

    public void Check()
    {
        if (_changed)
        {
            _changed = false;
            OnlyServersHaveAddresses();
            for (int side = 0; side < Sides; side++)
            {
                Observe(side);
            }
        }

        for (int side = 0; side < Sides; side++)
        {
            if (Now > _serviceDue[side])
            {
                throw Violation("Nobody", $"no Master on side {side} since {_unservedSince[side]}, due at {_serviceDue[side]}");
            }

            if (_dualSince[side] != long.MaxValue && _world.Segment.IsClean
                && Now - Math.Max(_dualSince[side], _disturbedAt) > (2 * _world.Shape.LongestInterval) + (2 * _allowance))
            {
                throw Violation("TwoMasters", $"on side {side} since {_dualSince[side]}");
            }
        }
    }

    public InvariantViolationException Violation(string invariant, string message)
    {
        var states = _world.Nodes.Select(node => $"#{node.Index} {node.State}{(node.IsPaused ? " paused" : string.Empty)}"
            + $"{(node.IsUp ? string.Empty : " down")} bound {node.Kernel.BoundCount} priority {node.Priority} side {_world.Segment.SideOf(node.Index)}");
        return new InvariantViolationException(invariant, $"at {Now}: {message} [{string.Join("; ", states)}]");
    }

    /// <summary>An address is bound only where the router serves, unless its process cannot know better.</summary>
    private void OnlyServersHaveAddresses()
    {
        foreach (var node in _world.Nodes)
        {
            if (node.IsAlive && !node.IsPaused && node.Kernel.BoundCount > 0 && !node.Model.Serves)
            {
                throw Violation("BoundWithoutServing", $"node {node.Index} has addresses in state {node.State}");
            }

            long window = Math.Min(Instant.NanosecondsPerSecond, node.Settings.Parameters.AdvertisementInterval.Nanoseconds);
            if (node.Responds && node.Kernel.BoundCount > 0 && node.State == RouterState.Backup
                && Now - Math.Max(node.StateSince, node.EligibleSince) > window + _allowance)
            {
                throw Violation("ServesTooLong", $"node {node.Index} lost at {node.StateSince} and still has addresses");
            }
        }
    }

    private void Observe(int side)
    {
        int masters = 0;
        bool served = false;
        long due = long.MaxValue;
        long since = _unservedSince[side] == long.MaxValue ? Now : _unservedSince[side];
        foreach (var node in _world.Nodes)
        {
            if (_world.Segment.SideOf(node.Index) != side || !node.Responds)
            {
                continue;
            }

            masters += node.State == RouterState.Master ? 1 : 0;
            served |= node.State is RouterState.Master or RouterState.Leaving;
            if (node.IsEligible)
            {
                long down = ElectionTimers.MasterDownInterval(
                    _world.Shape.Version,
                    node.Priority,
                    new Interval((int)(_world.Shape.LongestInterval / Interval.NanosecondsPerCentisecond)));
                due = Math.Min(due, Math.Max(Math.Max(since, node.EligibleSince), _disturbedAt) + down + _allowance);
            }
        }

        _unservedSince[side] = served ? long.MaxValue : since;
        _serviceDue[side] = served ? long.MaxValue : due;
        _dualSince[side] = masters < 2 ? long.MaxValue : Math.Min(_dualSince[side], Now);
        ObserveCoverage(side);
    }

    /// <summary>Make before break: on a planned change every address is bound somewhere at every instant.</summary>
    private void ObserveCoverage(int side)
    {
        bool covered = true;
        for (int address = 0; address < _world.Shape.Addresses && covered; address++)
        {
            covered = false;
            foreach (var node in _world.Nodes)
            {
                covered |= _world.Segment.SideOf(node.Index) == side && node.IsUp && node.Kernel.Has(address);
            }
        }

        if (_covered[side] && !covered && _world.Shape.IsCalm && Now > _gapAllowedUntil)
        {
            throw Violation("BreakBeforeMake", $"an address is bound nowhere on side {side}");
        }

        _covered[side] = covered;
    }
}
