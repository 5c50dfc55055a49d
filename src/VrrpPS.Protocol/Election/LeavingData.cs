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
}
