namespace VrrpPS.Protocol.Election;

/// <content>
/// What a sync group needs of its members. A grouped Backup whose timer has run out does not take over but waits, until
/// <see cref="SyncGroup"/> has seen that every member can be Master.
/// </content>
public sealed partial class VirtualRouter
{
    /// <summary>Whether the router takes over only together with the other members of a sync group.</summary>
    public bool IsGrouped { get; private set; }

    /// <summary>Whether the router would be Master now if it were alone.</summary>
    public bool WaitsForGroup => State == RouterState.Backup && _backup.Waits;

    /// <summary>Whether <see cref="Input.TakeOver"/> makes the router Master: it waits, or nobody has taken over yet what it gives away.</summary>
    public bool CanTakeOver => WaitsForGroup
        || (State == RouterState.Leaving && _leaving.Target == RouterState.Backup && _leaving.Successor.IsNone
            && !Held && Faults == FaultReasons.None);

    /// <summary>Whether something of the router's own, not of its group, keeps it from taking part.</summary>
    public bool IsOut => (Faults & ~FaultReasons.SyncGroup) != FaultReasons.None || State switch
    {
        RouterState.Initialize or RouterState.Suspended => true,
        RouterState.Leaving => _leaving.Target is RouterState.Initialize or RouterState.Suspended,
        _ => false,
    };

    /// <summary>Whether the role is being moved away by an administrator.</summary>
    internal bool IsMoving => State == RouterState.Leaving && _leaving.Target == RouterState.Backup && Held;

    /// <summary>When the hold after a move ends; never when it lasts until released.</summary>
    internal Instant HoldEnds => _holdEnds;

    private void OnGroupChanged(bool isMember, Instant now, EffectBuffer effects)
    {
        IsGrouped = isMember;
        if (!isMember)
        {
            // A timer that has run out meanwhile fires at the next look.
            _backup.Waits = false;
            OnGroupFaultChanged(isPresent: false, now, effects);
        }
    }

    private void OnGroupFaultChanged(bool isPresent, Instant now, EffectBuffer effects) => ChangeFaults(
        isPresent ? Faults | FaultReasons.SyncGroup : Faults & ~FaultReasons.SyncGroup, LastEvent.SyncGroup, now, effects);

    private void OnTakeOver(Instant now, EffectBuffer effects)
    {
        if (WaitsForGroup)
        {
            OnMasterDown(now, effects);
        }
        else if (CanTakeOver)
        {
            BecomeMaster(LastEvent.SyncGroup, NewMasterReason.Priority, now, effects);
        }
    }

    private void OnGiveAway(Instant now, EffectBuffer effects)
    {
        if (State == RouterState.Master)
        {
            BeginLeaving(RouterState.Backup, LastEvent.SyncGroup, 0, now, effects);
        }
    }
}
