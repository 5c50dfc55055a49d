using VrrpPS.Engine.Health;
using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>The sync group: what it tells this router, and in which words others are told.</content>
internal sealed partial class RouterHost
{
    private string? _groupFault;
    private (RouterHost Router, RouterState State, FaultReasons Faults, TrackerFaults Trackers)? _holder;

    /// <summary>Whether another member of the group keeps this router from taking part.</summary>
    public bool IsHeldByGroup => Router.Faults.HasFlag(FaultReasons.SyncGroup);

    /// <summary>Whether it stops because a reloaded configuration has it no more.</summary>
    public bool IsBeingRemoved => _stop is { Options.IsRemoval: true };

    /// <summary>Does what the group wants because of another member, or of all of them.</summary>
    public void OnSyncAdvice(in Input input, RouterHost cause, Instant now)
    {
        if (input is { Kind: InputKind.GroupFaultChanged, IsPresent: true })
        {
            NoteHolder(cause);
        }
        else if (Router.State != RouterState.Leaving)
        {
            _successor = default;
        }

        Run(input, now);
        Dirty();
        PublishIfChanged(now);
    }

    /// <summary>Says in words what the other member lacks, if that has changed.</summary>
    public void NoteHolder(RouterHost holder)
    {
        var current = (holder, holder.Router.State, holder.Router.Faults & ~FaultReasons.SyncGroup, holder.Trackers.Faults);
        if (_holder == current)
        {
            return;
        }

        _holder = current;
        string why = holder.Router switch
        {
            { State: RouterState.Suspended } => "is suspended",
            { State: RouterState.Initialize } => "is stopped",
            { Faults: var faults } when (faults & ~FaultReasons.SyncGroup) != FaultReasons.None
                => $"is in Fault: {FaultText.Describe(faults & ~FaultReasons.SyncGroup, holder.Configuration.InterfaceName, holder.Trackers.Faults)}",
            _ => "is leaving",
        };
        _groupFault = $"sync group {Configuration.SyncGroup}: member {holder.Configuration.Name} {why}";
        Dirty();
        PublishIfChanged(MonotonicClock.Now);
    }

    private void JoinGroup(Instant now)
    {
        if (Configuration.SyncGroup is { } name)
        {
            _loop.SyncGroups.Join(this, name);
            Run(Input.GroupChanged(isMember: true), now);
        }
    }

    private void LeaveGroup(Instant now)
    {
        if (_loop.SyncGroups.Leave(this))
        {
            _holder = null;
            Run(Input.GroupChanged(isMember: false), now);
            _loop.Wake();
        }
    }
}
