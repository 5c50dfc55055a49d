using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS;

/// <summary>
/// What an operator asks at 3 a.m.: who is Master, since when, why, and what is wrong. One object per instance (name and
/// family), taken at <see cref="CapturedAt"/>; it never changes afterwards.
/// </summary>
public sealed record VrrpState
{
    /// <summary>The instance's name.</summary>
    public required string Name { get; init; }

    /// <summary>The interface it speaks on.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The virtual router identifier.</summary>
    public required int VirtualRouterId { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required AddressFamily AddressFamily { get; init; }

    /// <summary>2 or 3.</summary>
    public required int Version { get; init; }

    /// <summary>Whether a version 3 instance also speaks version 2 (-Version2Compatibility).</summary>
    public bool Version2Compatibility { get; init; }

    /// <summary>The state of the election on this node.</summary>
    public required RouterState State { get; init; }

    /// <summary>Whether the node was moved away from (hand-over) and does not preempt until released.</summary>
    public bool Held { get; init; }

    /// <summary>The priority in force.</summary>
    public required int Priority { get; init; }

    /// <summary>The configured priority, before trackers.</summary>
    public required int BasePriority { get; init; }

    /// <summary>The address of the current Master; null when unknown.</summary>
    public string? MasterAddress { get; init; }

    /// <summary>The priority of the current Master; null when unknown.</summary>
    public int? MasterPriority { get; init; }

    /// <summary>The virtual addresses and whether they are bound here.</summary>
    public required VrrpList<VrrpAddressState> VirtualIPAddress { get; init; }

    /// <summary>The MAC address that moves with the addresses; null when they have that of their interface.</summary>
    public string? VirtualMacAddress { get; init; }

    /// <summary>What caused the last transition.</summary>
    public LastEvent LastEvent { get; init; }

    /// <summary>Why this node last became Master.</summary>
    public NewMasterReason NewMasterReason { get; init; }

    /// <summary>Why it cannot take part, in words; empty when it can.</summary>
    public VrrpList<string> FaultReason { get; init; } = [];

    /// <summary>The sync group whose members are Master together or not at all; null for none.</summary>
    public string? SyncGroup { get; init; }

    /// <summary>One sentence saying why it is in this state.</summary>
    public required string StatusMessage { get; init; }

    /// <summary>
    /// How it came to be in this state, oldest first: the changes of state since it was last in it, each with its time and its cause.
    /// </summary>
    public VrrpList<string> ReasonChain { get; init; } = [];

    /// <summary>What is wrong although it takes part: overlap of leases, two masters heard, mismatches; empty when nothing.</summary>
    public VrrpList<string> Warning { get; init; } = [];

    /// <summary>When the state last changed.</summary>
    public DateTimeOffset? LastTransition { get; init; }

    /// <summary>How often the state has changed since start.</summary>
    public long TransitionCount { get; init; }

    /// <summary>How long the Master may be silent before this node takes over.</summary>
    public required TimeSpan MasterDownInterval { get; init; }

    /// <summary><see cref="MasterDownInterval"/> in seconds.</summary>
    public double MasterDownIntervalSeconds => MasterDownInterval.TotalSeconds;

    /// <summary>The part of it that depends on the priority (RFC 9568 section 6.1 Skew_Time).</summary>
    public required TimeSpan SkewTime { get; init; }

    /// <summary><see cref="SkewTime"/> in seconds.</summary>
    public double SkewTimeSeconds => SkewTime.TotalSeconds;

    /// <summary>
    /// How long a Master with a lower priority is left alone, as of the last change: the configured delay, doubled at every third preemption
    /// within ten minutes.
    /// </summary>
    public TimeSpan PreemptDelay { get; init; }

    /// <summary><see cref="PreemptDelay"/> in seconds.</summary>
    public double PreemptDelaySeconds => PreemptDelay.TotalSeconds;

    /// <summary>How long two nodes might have the address if this one froze; null when the lease rules it out.</summary>
    public TimeSpan? LeaseOverlap { get; init; }

    /// <summary><see cref="LeaseOverlap"/> in seconds.</summary>
    public double? LeaseOverlapSeconds => LeaseOverlap?.TotalSeconds;

    /// <summary>The health checks.</summary>
    public VrrpList<VrrpTrackerState> Tracker { get; init; } = [];

    /// <summary>Whether it runs in this session or in the service.</summary>
    public VrrpHost Host { get; init; }

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>When this was true.</summary>
    public required DateTimeOffset CapturedAt { get; init; }
}
