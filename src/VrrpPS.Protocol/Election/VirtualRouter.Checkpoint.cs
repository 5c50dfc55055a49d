namespace VrrpPS.Protocol.Election;

/// <content>Saving and restoring the whole state, so that a recording can begin anywhere.</content>
public sealed partial class VirtualRouter
{
    /// <summary>The state as it is; another router made from it does exactly what this one does from here on.</summary>
    public RouterCheckpoint Save()
    {
        var writer = new CheckpointWriter();
        Visit(writer);
        return new RouterCheckpoint(Parameters, writer.Values);
    }

    /// <summary>Makes the router that <see cref="Save"/> saw.</summary>
    /// <exception cref="FormatException">A value cannot be read, or belongs nowhere.</exception>
    public static VirtualRouter Restore(RouterCheckpoint checkpoint)
    {
        var router = new VirtualRouter(checkpoint.Parameters);
        var reader = new CheckpointReader(checkpoint.Values);
        try
        {
            router.Visit(reader);
        }
        catch (OverflowException exception)
        {
            throw new FormatException("A value of the checkpoint is out of range.", exception);
        }

        return reader.IsComplete ? router : throw new FormatException("The checkpoint has values that no router of this version knows.");
    }

    private void Visit(ICheckpointVisitor visitor)
    {
        VisitProperties(visitor);
        visitor.Visit("leaseEnds", ref _leaseEnds);
        visitor.Visit("renewAt", ref _renewAt);
        visitor.Visit("startupEnds", ref _startupEnds);
        visitor.Visit("nextOwnersReport", ref _nextOwnersReport);
        visitor.Visit("holdEnds", ref _holdEnds);
        visitor.Visit("faultRetryAt", ref _faultRetryAt);
        long takeoverFrom = (long)_takeoverFrom;
        visitor.Visit("takeoverFrom", ref takeoverFrom);
        _takeoverFrom = (RouterState)takeoverFrom;
        visitor.Visit("takingOver", ref _takingOver);
        bool grouped = IsGrouped;
        visitor.Visit("grouped", ref grouped);
        IsGrouped = grouped;
        _backup.Visit(visitor);
        _master.Visit(visitor);
        _leaving.Visit(visitor);
        _flapping.Visit(visitor);
        _bilingual.Visit(visitor);
        _release.Visit(visitor);
    }

    private void VisitProperties(ICheckpointVisitor visitor)
    {
        var (state, priority, held, faults) = ((long)State, Priority, Held, (long)Faults);
        var (primary, master, masterPriority, interval) = (PrimaryAddress, MasterAddress, MasterPriority, MasterInterval.Centiseconds);
        var (lastEvent, reason) = ((long)LastEvent, (long)NewMasterReason);
        visitor.Visit("state", ref state);
        visitor.Visit("priority", ref priority);
        visitor.Visit("held", ref held);
        visitor.Visit("faults", ref faults);
        visitor.Visit("primaryAddress", ref primary);
        visitor.Visit("masterAddress", ref master);
        visitor.Visit("masterPriority", ref masterPriority);
        visitor.Visit("masterInterval", ref interval);
        visitor.Visit("lastEvent", ref lastEvent);
        visitor.Visit("newMasterReason", ref reason);
        (State, Priority, Held, Faults) = ((RouterState)state, priority, held, (FaultReasons)faults);
        (PrimaryAddress, MasterAddress, MasterPriority, MasterInterval) = (primary, master, masterPriority, new Interval(interval));
        (LastEvent, NewMasterReason) = ((LastEvent)lastEvent, (NewMasterReason)reason);
    }
}
