using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Health;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>What the loop publishes about a router for other threads; turned into a <see cref="VrrpState"/> when somebody asks.</summary>
internal sealed record RouterSnapshot
{
    public required InstanceConfiguration Configuration { get; init; }

    public required RouterState State { get; init; }

    public required bool Held { get; init; }

    public required int Priority { get; init; }

    public required string? MasterAddress { get; init; }

    public required int? MasterPriority { get; init; }

    public required AddressHolding[] Holdings { get; init; }

    public required LastEvent LastEvent { get; init; }

    public required NewMasterReason NewMasterReason { get; init; }

    public required FaultReasons Faults { get; init; }

    /// <summary>Who of the sync group keeps the router from taking part, in words; means nothing without that fault.</summary>
    public required string? GroupFault { get; init; }

    public required TrackerFaults TrackerFaults { get; init; }

    public required VrrpTransition? LastTransition { get; init; }

    public required long TransitionCount { get; init; }

    public required long MasterDownInterval { get; init; }

    public required long SkewTime { get; init; }

    public required long PreemptDelay { get; init; }

    public required long? LeaseOverlap { get; init; }

    public required RouterCounters Counters { get; init; }

    public required DateTimeOffset CountingSince { get; init; }

    public required WarningBoard Warnings { get; init; }

    /// <summary>Why no guard would remove the addresses of a killed process; null when one would, or none is wanted.</summary>
    public required string? GuardProblem { get; init; }

    public required int InterfaceIndex { get; init; }
}
