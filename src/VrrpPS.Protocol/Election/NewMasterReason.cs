namespace VrrpPS.Protocol.Election;

/// <summary>Why the router last became Master, in the words of RFC 8347 <c>new-master-reason</c>.</summary>
public enum NewMasterReason : long
{
    /// <summary>It has never been Master.</summary>
    NotMaster = 0,

    /// <summary>It had the highest priority of those left: the owner at start, or the old Master resigned.</summary>
    Priority = 1,

    /// <summary>It preempted a Master with a lower priority.</summary>
    Preempted = 2,

    /// <summary>The Master stopped answering, or there was none.</summary>
    NoResponse = 3,
}
