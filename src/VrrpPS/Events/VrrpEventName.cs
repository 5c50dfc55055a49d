namespace VrrpPS;

/// <summary>What Register-VrrpEvent can wait for.</summary>
public enum VrrpEventName : long
{
    /// <summary>An instance changed its state.</summary>
    Transition = 0,

    /// <summary>Two routers claim the Master role.</summary>
    SplitBrain,

    /// <summary>A failover was near: advertisements left late, or were lost in a row.</summary>
    NearMiss,

    /// <summary>The kernel's lease on an address ended because this process stood still.</summary>
    LeaseLost,

    /// <summary>The service that is listened to went away, answers again, or told more than could be read.</summary>
    Connection,
}
