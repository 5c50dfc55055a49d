using System.Globalization;
using VrrpPS.Engine.Health;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime;

/// <summary>Says in one sentence, with the values that mattered, why a router changed state. For people; scripts use the event's name.</summary>
internal static class TransitionText
{
    /// <summary>The sentence for a transition.</summary>
    /// <param name="transition">The transition.</param>
    /// <param name="router">The router after it.</param>
    /// <param name="interfaceName">The router's interface.</param>
    /// <param name="trackers">Which trackers are faults.</param>
    /// <param name="recovered">The tracker that was the last fault, as the beginning of a sentence; null when it was something else.</param>
    /// <param name="group">Which other member of the sync group cannot take part; null when all can.</param>
    public static string Reason(
        in Effect transition, VirtualRouter router, string interfaceName, TrackerFaults trackers, string? recovered, string? group)
    {
        return transition.Event switch
        {
            LastEvent.Startup when transition.To == RouterState.Master => "Started as the owner of the addresses (priority 255).",
            LastEvent.Startup when transition.To == RouterState.Fault => $"Started, but cannot take part yet: {FaultText.Describe(router.Faults, interfaceName, trackers, group)}.",
            LastEvent.Startup => $"Started; listening for a Master for {Seconds(router.MasterDownInterval)}.",
            LastEvent.Shutdown when transition.To == RouterState.Leaving => "Stopped; serving on until a successor announces the addresses.",
            LastEvent.Shutdown => "Stopped.",
            LastEvent.HigherPriorityBackup => transition.PeerPriority == router.Priority
                ? $"{Peer(transition)} has the same priority and the higher address."
                : $"{Peer(transition)} has a higher priority; own priority {router.Priority}.",
            LastEvent.MasterTimeout => transition.Peer.IsNone
                ? $"No Master was heard for {Seconds(router.MasterDownInterval)}."
                : $"The Master {Peer(transition)} was silent for {Seconds(router.MasterDownInterval)}.",
            LastEvent.MasterResigned => $"The Master {(transition.Peer.IsNone ? string.Empty : $"{transition.Peer} ")}resigned (priority 0).",
            LastEvent.LowerPriorityMaster => $"Preempted {Peer(transition)}; own priority {router.Priority}.",
            LastEvent.OwnerPreempt => $"Preempted {Peer(transition)} as the owner of the addresses.",
            LastEvent.PreemptHoldTimeout => $"Preempted {Peer(transition)} after the preempt delay; own priority {router.Priority}.",
            LastEvent.InterfaceUp => $"Interface {interfaceName} is up.",
            LastEvent.InterfaceDown => FaultText.Sentence(router.Faults, interfaceName, trackers, group),
            LastEvent.PrimaryIPAddress => $"Interface {interfaceName} has an address to send from.",
            LastEvent.NoPrimaryIPAddress => $"Interface {interfaceName} has no address to send from.",
            LastEvent.NoVirtualIPAddresses => "No virtual address is left.",
            LastEvent.VirtualIPAddresses => "Virtual addresses were configured.",
            LastEvent.Suspended when transition.To == RouterState.Leaving => "Suspended; serving on until a successor announces the addresses.",
            LastEvent.Suspended => "Suspended by an administrator; does not become Master until resumed.",
            LastEvent.Resumed => "Resumed by an administrator.",
            LastEvent.HandOver when transition.To == RouterState.Leaving => "Moved; serving on until a successor announces the addresses.",
            LastEvent.HandOver => $"Moved to {Peer(transition)}.",
            LastEvent.NoSuccessor => "Nobody took the role over in time; it stays here.",
            LastEvent.LeaseLost => transition.Peer.IsNone
                ? "This process stood still until its lease on the addresses had ended; listening before speaking."
                : $"This process stood still; {Peer(transition)} has taken over meanwhile.",
            LastEvent.TimerExpired => "This process stood still for so long that another router may have taken over; listening before speaking.",
            LastEvent.BindFailed => "The kernel refused a virtual address; see the event before.",
            LastEvent.SendFailed => "The kernel refused to send advertisements; see the event before.",
            LastEvent.TrackerFault or LastEvent.NamespaceRemoved => FaultText.Sentence(router.Faults, interfaceName, trackers, group),
            LastEvent.FaultCleared => recovered is null ? "The last fault is gone." : $"{recovered}; no fault is left.",
            LastEvent.SyncGroup when router.Faults != FaultReasons.None => FaultText.Sentence(router.Faults, interfaceName, trackers, group),
            LastEvent.SyncGroup when transition.To == RouterState.Master => "All members of the sync group take over.",
            LastEvent.SyncGroup when transition.To == RouterState.Leaving
                => "Another member of the sync group lost the Master role; serving on until a successor announces the addresses.",
            LastEvent.SyncGroup when transition.From == RouterState.Leaving => $"Given away with the sync group to {Peer(transition)}.",
            LastEvent.SyncGroup => "All members of the sync group can take part again.",
            _ => transition.Event.Name(),
        };
    }

    private static string Peer(in Effect transition)
        => transition.Peer.IsNone ? "another router" : $"{transition.Peer} (priority {transition.PeerPriority})";

    private static string Seconds(long nanoseconds)
        => ((decimal)nanoseconds / Instant.NanosecondsPerSecond).ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
