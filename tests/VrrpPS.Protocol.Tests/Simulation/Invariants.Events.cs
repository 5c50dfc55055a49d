using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <content>What is checked when one thing happens.</content>
internal sealed partial class Invariants
{
    /// <summary>A node sends: only with its addresses bound, and not more than the rate limits allow.</summary>
    public void Sending(SimulatedNode node, byte priority)
    {
        ref var sends = ref _sends[node.Index];
        if (priority != sends.Last)
        {
            sends.BeforeLast = sends.Last;
            sends.Last = priority;
        }

        if (node.Settings.IsForeign)
        {
            return;
        }

        if (priority > 0 && !node.Kernel.HasAll && node.UnknownRemovals == 0)
        {
            throw Violation("SpeaksWithoutAddress", $"node {node.Index} advertises {priority} with {node.Kernel.BoundCount} addresses bound");
        }

        var interval = node.Settings.Parameters.AdvertisementInterval;
        if (Now - sends.Since >= interval.Nanoseconds)
        {
            sends.Since = Now;
            sends.Count = 0;
        }

        if (++sends.Count > 6 + (interval.Nanoseconds / ElectionTimers.AssertionGap(interval)))
        {
            throw Violation("Storm", $"node {node.Index} sent {sends.Count} advertisements within {Now - sends.Since} ns");
        }
    }

    public void Changed(SimulatedNode node, in Effect transition)
    {
        _changed = true;
        if (node.Settings.IsForeign && transition.From == RouterState.Master)
        {
            // It released at once, and if another foreign one won, that binds later.
            AllowGap(60 * Instant.NanosecondsPerMillisecond);
        }

        long limit = ElectionTimers.HandoverLimit(node.Settings.Parameters.AdvertisementInterval);
        if (transition.From == RouterState.Leaving && Now - Math.Max(node.StateSince, node.EligibleSince) > limit + _allowance)
        {
            throw Violation("ServesTooLong", $"node {node.Index} left at {node.StateSince} and took until now");
        }

        if (transition.To == RouterState.Master)
        {
            Takeovers++;
            if (node.IsStopped)
            {
                throw Violation("StoppedMaster", $"node {node.Index} became Master although it was stopped or suspended");
            }

            if (!node.Settings.IsForeign && Settled && transition.Event is LastEvent.MasterTimeout or LastEvent.MasterResigned)
            {
                NobodyBetter(node, transition.Event);
            }
        }
        else if (transition is { From: RouterState.Master, To: RouterState.Backup, Event: LastEvent.HigherPriorityBackup })
        {
            YieldedToBetter(node, transition.Peer);
        }
    }

    /// <summary>An address of a silent node expired: not later after a takeover than its lease says.</summary>
    public void Expired(SimulatedNode node)
    {
        if (node.Responds || !node.WasMasterWhenSilenced || !Settled || node.SilentSince < _disturbedAt)
        {
            return;
        }

        var parameters = node.Settings.Parameters;
        long overlap = ElectionTimers.LeaseOverlap(parameters.Lease, parameters.AdvertisementInterval);
        foreach (var other in _world.Nodes)
        {
            if (other.IsActiveMaster && _world.Segment.SideOf(other.Index) == _world.Segment.SideOf(node.Index) && !other.Settings.IsForeign && other.Model.LastEvent == LastEvent.MasterTimeout && other.StateSince > node.SilentSince
                && Now - other.StateSince > overlap + _allowance)
            {
                throw Violation("LeaseOverlap", $"node {node.Index} was silent, node {other.Index} took over, and both had the address for {Now - other.StateSince} ns");
            }
        }
    }

    /// <summary>Links have been clean and whole for so long that everybody knows of everybody.</summary>
    private bool Settled => _world.Shape.IsCalm && _world.Shape.HasOneInterval && _world.Segment.IsClean
        && Now - _disturbedAt > 2 * (_world.Shape.LongestDown + _world.Shape.LongestInterval);

    private void NobodyBetter(SimulatedNode node, LastEvent cause)
    {
        var version = _world.Shape.Version;
        var interval = node.Settings.Parameters.AdvertisementInterval;
        long heard = interval.Nanoseconds + _world.Shape.LongestDown + _allowance;
        foreach (var other in _world.Nodes)
        {
            if (other == node || !other.IsEligible || _world.Segment.SideOf(other.Index) != _world.Segment.SideOf(node.Index))
            {
                continue;
            }

            long known = Now - Math.Max(other.EligibleSince, other.StateSince);
            if (other.State == RouterState.Master && cause == LastEvent.MasterTimeout && known > (2 * interval.Nanoseconds) + _allowance
                && Now - node.StateSince > heard)
            {
                throw Violation("TookFromTheLiving", $"node {node.Index} timed out although node {other.Index} is Master");
            }

            long lead = ElectionTimers.SkewTime(version, node.Priority, interval) - ElectionTimers.SkewTime(version, other.Priority, interval);
            if (other.State == RouterState.Backup && !other.Settings.IsForeign && known > heard && lead > _allowance)
            {
                throw Violation("NotTheBest", $"node {node.Index} took over before node {other.Index}");
            }
        }
    }

    private void YieldedToBetter(SimulatedNode node, InetAddress peer)
    {
        if (node.EligibleSince >= Now)
        {
            // It just woke up and reads what was sent long ago.
            return;
        }

        foreach (var other in _world.Nodes)
        {
            if (other.Settings.Address == peer)
            {
                var sends = _sends[other.Index];
                if (!Beats(sends.Last) && !Beats(sends.BeforeLast))
                {
                    throw Violation("YieldedToWorse", $"node {node.Index} yielded to node {other.Index}");
                }
            }
        }

        bool Beats(byte priority) => priority > node.Priority || (priority == node.Priority && peer > node.Settings.Address);
    }
}
