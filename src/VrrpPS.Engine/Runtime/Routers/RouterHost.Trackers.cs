using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Health;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>Health checks and tracked interfaces: what they found becomes priority and faults.</content>
internal sealed partial class RouterHost
{
    private string? _recovered;

    /// <summary>The trackers; their slots may be read from any thread.</summary>
    public TrackerBoard Trackers { get; }

    /// <summary>Takes in what health checks have found since.</summary>
    public void TakeTrackerResults(Instant now)
    {
        var before = Trackers.Faults;
        while (Trackers.TakeResult() is { } changed)
        {
            ReportTracker(changed, now);
        }

        // A first result may change nothing but that it is there; a later one only the words of a fault.
        Judge(before, now);
    }

    private void ObserveTrackedInterfaces(Instant now)
    {
        foreach (var changed in Trackers.NoteInterfaces(_loop.Links))
        {
            // What was found before the start is told with it.
            if (Router.State != RouterState.Initialize)
            {
                ReportTracker(changed, now);
            }

            Dirty();
        }

        UpdatePriority(now);
    }

    private void Judge(TrackerFaults before, Instant now)
    {
        if (!Equals(before, Trackers.Faults))
        {
            Dirty();
        }

        // Ends with everything published that changed.
        UpdateFaults(now);
        PublishIfChanged(now);
    }

    private void ReportTracker(TrackerSlot slot, Instant now)
    {
        int priority = Router.Priority;
        UpdatePriority(now);
        _recovered = TrackerText.Change(slot);
        string effect = slot.Effect.IsFault ? "; that is a fault"
            : Router.Priority != priority ? $"; priority {priority} -> {Router.Priority}"
            : string.Empty;
        bool isBad = slot.Effect.IsFault || slot.Sight.Status == TrackerStatus.Down;
        Report(VrrpEventKind.TrackerChanged, $"{_recovered}{effect}.", isWarning: isBad);
        Dirty();
    }

    private void UpdatePriority(Instant now)
    {
        byte priority = (byte)TrackerEffect.EffectivePriority(Configuration.Priority, Trackers.PrioritySum);
        if (priority != Router.Priority)
        {
            Run(Input.PriorityChanged(priority), now);
            Dirty();
        }
    }

    private FaultReasons TrackerFaultReasons()
    {
        var found = Trackers.Faults;
        return (found.Interfaces.Count > 0 ? FaultReasons.TrackedInterfaceDown : FaultReasons.None)
            | (found.Checks.Count > 0 ? FaultReasons.Tracker : FaultReasons.None)
            | (found.Pending.Count > 0 ? FaultReasons.TrackerPending : FaultReasons.None);
    }
}
