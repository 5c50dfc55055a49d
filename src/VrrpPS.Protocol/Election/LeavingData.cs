namespace VrrpPS.Protocol.Election;

/// <summary>What only a resigned Master knows while it serves on for its successor.</summary>
internal struct LeavingData
{
    /// <summary>Where the router ends up when the last address is released.</summary>
    public RouterState Target;

    /// <summary>Why it leaves.</summary>
    public LastEvent Cause;

    /// <summary>When to repeat priority 0 if nobody was heard; never after that.</summary>
    public Instant ResignAgainAt;

    /// <summary>The router that advertises now, or none.</summary>
    public InetAddress Successor;

    /// <summary>Its priority.</summary>
    public byte SuccessorPriority;

    /// <summary>How many of its advertisements were heard.</summary>
    public int SuccessorCount;

    /// <summary>When the leaving began.</summary>
    public Instant Since;

    public void Visit(ICheckpointVisitor visitor)
    {
        var (target, cause) = ((long)Target, (long)Cause);
        visitor.Visit("leaving.target", ref target);
        visitor.Visit("leaving.cause", ref cause);
        (Target, Cause) = ((RouterState)target, (LastEvent)cause);
        visitor.Visit("leaving.resignAgainAt", ref ResignAgainAt);
        visitor.Visit("leaving.successor", ref Successor);
        visitor.Visit("leaving.successorPriority", ref SuccessorPriority);
        visitor.Visit("leaving.successorCount", ref SuccessorCount);
        visitor.Visit("leaving.since", ref Since);
    }
}
