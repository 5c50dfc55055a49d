using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>What a seed lets happen on its segment: a start, a number of events, and a recovery that must end in order.</summary>
internal sealed class Scenario(World world)
{
    private const int Actions = 24;
    private readonly SplitMix64 _random = world.Random;
    private readonly long _down = world.Shape.LongestDown;
    private readonly long _interval = world.Shape.LongestInterval;

    /// <summary>Runs it all; throws when an invariant is broken.</summary>
    /// <returns>How many times the role changed hands.</returns>
    public int Run()
    {
        world.Invariants.AllowGap(3 * _down);
        foreach (var node in world.Nodes)
        {
            if (world.Shape.IsCalm || _random.Chance(80))
            {
                node.Start();
            }

            world.Run(_random.Between(0, _interval));
        }

        world.Run(_down + (6 * _interval));
        for (int i = 0; i < Actions; i++)
        {
            Act(world.Nodes[_random.Below(world.Nodes.Length)]);
            Wait();
        }

        Recover();
        return world.Invariants.Takeovers;
    }

    private SimulatedNode? Master => world.Nodes.FirstOrDefault(node => node.IsActiveMaster);

    private void Wait()
    {
        if (!world.Shape.IsCalm)
        {
            world.Run(_random.Between(0, _down));
            return;
        }

        world.Run(_random.Between(_interval, _down + _interval));
        for (int i = 0; i < 100 && world.Nodes.Any(node => node.State == RouterState.Leaving); i++)
        {
            world.Run(_interval);
        }
    }

    private void Act(SimulatedNode node)
    {
        // Most events that matter happen to the Master.
        node = _random.Chance(70) ? Master ?? node : node;
        int action = _random.Below(world.Shape.IsCalm ? 12 : 14);
        if (!node.IsAlive)
        {
            if (node.Kernel.BoundCount > 0)
            {
                // Without lease and guard the dead node has kept them; a new start sweeps.
                AnyGap();
            }

            node.Start();
            world.Invariants.Disturbed();
        }
        else if (node.IsPaused)
        {
            Unpause(node);
        }
        else if (!node.IsUp)
        {
            Unplanned(node);
            node.SetInterface(up: true);
            world.Invariants.Disturbed();
        }
        else if (node.IsSuspended)
        {
            node.Resume();
        }
        else if (node.IsStopped)
        {
            node.StartAgain();
        }
        else
        {
            Disturb(node, action);
        }

        world.Invariants.ServingChanged();
    }

    private void Disturb(SimulatedNode node, int action)
    {
        switch (action)
        {
            case 0 or 1:
                Unplanned(node);
                node.Kill(guardDies: _random.Chance(30));
                break;
            case 2 or 3:
                Freeze(node);
                if (_random.Chance(50))
                {
                    world.Run(_random.Between(0, 8 * _interval));
                    Unpause(node);
                }

                break;
            case 4 or 5:
                bool force = _random.Chance(15);
                Planned(node, force);
                node.Stop(force);
                break;
            case 6:
                Planned(node, force: false);
                node.Suspend();
                break;
            case 7:
                Planned(node, force: false);
                node.Feed(Input.HandOver(_random.Chance(50) ? 0 : 2 * _down));
                break;
            case 8:
                node.SetPriority(node.Priority == 255 ? (byte)255 : (byte)(_random.Below(254) + 1));
                break;
            case 9:
                Unplanned(node);
                node.SetInterface(up: false);
                world.Invariants.Disturbed();
                break;
            case 10:
                DeleteAddress(node);
                break;
            case 11:
                MovePartition();
                break;
            case 12:
                world.Segment.BlockOneWay();
                world.Invariants.Disturbed();
                break;
            default:
                world.Segment.LossPercent = world.Segment.LossPercent > 0 ? 0 : _random.Below(40);
                world.Invariants.Disturbed();
                break;
        }
    }

    private void Freeze(SimulatedNode node)
    {
        if (_random.Chance(50) && node.IsActiveMaster)
        {
            // Between two effects of one step, if there is such a step soon.
            node.PauseInStep();
            for (int i = 0; i < 24 && node.IsActiveMaster; i++)
            {
                world.Run(node.Settings.Parameters.AdvertisementInterval.Nanoseconds / 8);
            }
        }

        Unplanned(node);
        if (!node.IsPaused)
        {
            node.Pause();
        }
    }

    private void MovePartition()
    {
        AnyGap();
        if (world.Nodes.Any(node => world.Segment.SideOf(node.Index) != 0))
        {
            world.Segment.Heal();
        }
        else
        {
            world.Segment.Partition();
        }

        world.Invariants.Disturbed();
    }

    private void DeleteAddress(SimulatedNode node)
    {
        int address = _random.Below(world.Shape.Addresses);
        if (node.Settings.IsForeign || !node.Kernel.Has(address))
        {
            return;
        }

        world.Invariants.AllowGap(Instant.NanosecondsPerMillisecond);
        node.Kernel.Release(address);
        node.Removed(address);
        world.Run(Instant.NanosecondsPerMillisecond);
    }

    private void Unpause(SimulatedNode node)
    {
        AnyGap();
        node.Unpause();
        world.Invariants.Disturbed();
    }

    // A change by plan may leave no gap, as long as there is somebody to hand over to and both are ours to promise it.
    private void Planned(SimulatedNode node, bool force)
    {
        bool successor = world.Nodes.Any(other => other != node && other.IsEligible && other.State is RouterState.Backup or RouterState.Master
            && world.Segment.SideOf(other.Index) == world.Segment.SideOf(node.Index) && other.EligibleSince <= world.Now.Nanoseconds);
        if (force || node.Settings.IsForeign || !successor)
        {
            AnyGap();
        }
    }

    private void Unplanned(SimulatedNode node)
    {
        if (node.Kernel.BoundCount > 0 || node.State != RouterState.Backup)
        {
            AnyGap();
        }
    }

    private void AnyGap() => world.Invariants.AllowGap((2 * _down) + (6 * Instant.NanosecondsPerSecond));

    private void Recover()
    {
        AnyGap();
        world.Segment.Heal();
        world.Segment.LossPercent = 0;
        world.Invariants.Disturbed();
        foreach (var node in world.Nodes)
        {
            if (!node.IsAlive)
            {
                node.Start();
            }
            else if (node.IsPaused)
            {
                node.Unpause();
            }

            if (!node.IsUp)
            {
                node.SetInterface(up: true);
            }

            if (node.IsSuspended)
            {
                node.Resume();
            }
        }

        world.Invariants.Disturbed();
        world.Run(11 * Instant.NanosecondsPerSecond);
        foreach (var node in world.Nodes)
        {
            if (node.IsStopped)
            {
                node.StartAgain();
            }

            node.Feed(Input.Resume());
        }

        world.Invariants.Disturbed();

        // The slowest: a start-up delay, then a preempt delay doubled again and again, then the down interval.
        world.Run((4 * _down) + (5 * _interval) + (6 * Instant.NanosecondsPerSecond));
        AssertOrder();
    }

    private void AssertOrder()
    {
        var masters = world.Nodes.Where(node => node.State == RouterState.Master).ToArray();
        if (masters.Length != 1 || !masters[0].Kernel.HasAll || world.Nodes.Any(node => node.State is not (RouterState.Master or RouterState.Backup)))
        {
            throw world.Invariants.Violation("NoOrder", "after everything was repaired there is not exactly one Master that serves");
        }

        var master = masters[0];
        if (world.Nodes.FirstOrDefault(node => node != master && node.Kernel.BoundCount > 0) is { } leftover)
        {
            throw world.Invariants.Violation("NoOrder", $"node {leftover.Index} still has an address");
        }

        if (world.Nodes.FirstOrDefault(node => node.Priority > master.Priority && node.Settings.Parameters is { Preempt: true, PreemptDelay: 0 }) is { } better)
        {
            throw world.Invariants.Violation("NoOrder", $"node {better.Index} should have preempted");
        }

        for (int address = 0; address < world.Shape.Addresses && !world.Shape.HasForeign; address++)
        {
            if (world.Believed(address) != master.Index)
            {
                throw world.Invariants.Violation("NoOrder", $"clients believe node {world.Believed(address)}");
            }
        }
    }
}
