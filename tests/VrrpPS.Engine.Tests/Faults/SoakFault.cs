namespace VrrpPS.Engine.Tests.Faults;

/// <summary>What the soak does to its nodes and their network.</summary>
internal enum SoakFault
{
    /// <summary>The process is killed.</summary>
    Kill,

    /// <summary>The process and its guard are killed.</summary>
    KillWithGuard,

    /// <summary>The process stands still for a while.</summary>
    Freeze,

    /// <summary>The process ends by itself.</summary>
    Stop,

    /// <summary>The interface is disabled for a while.</summary>
    Link,

    /// <summary>The cable is pulled for a while.</summary>
    Cable,

    /// <summary>The switch forwards nothing to and from the node for a while; its carrier stays.</summary>
    Partition,

    /// <summary>The switch loses a third of everything for a while.</summary>
    Loss,
}
