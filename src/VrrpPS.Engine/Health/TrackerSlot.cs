using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Health;

/// <summary>One tracker of a running instance. Changed by the loop; <see cref="Sight"/> may be read by anybody.</summary>
internal sealed class TrackerSlot
{
    private readonly TrackerHealth _health;
    private volatile TrackerSight _sight;

    public TrackerSlot(TrackerConfiguration tracker, bool holdsStart)
    {
        Tracker = tracker;
        _health = new TrackerHealth(tracker.Rise, tracker.Fall, tracker.InitialState);
        _sight = new TrackerSight(tracker.InitialState, null, 0, null, null);
        HoldsStart = holdsStart && tracker.InitialState == TrackerStatus.Unknown;
    }

    /// <summary>A slot that goes on with what is known, for a tracker of which only the consequences changed.</summary>
    private TrackerSlot(TrackerSlot previous, TrackerConfiguration tracker)
    {
        Tracker = tracker;
        _health = previous._health;
        _sight = previous._sight;
        HoldsStart = previous.HoldsStart;
        Thread = previous.Thread;
    }

    public TrackerConfiguration Tracker { get; }

    /// <summary>Whether the instance waits for the first look.</summary>
    public bool HoldsStart { get; private set; }

    /// <summary>Who looks; null for interfaces and before the start.</summary>
    public ProbeThread? Thread { get; set; }

    public TrackerSight Sight => _sight;

    public TrackerEffect Effect => TrackerEffect.Of(Tracker, _sight.Status, _sight.Value);

    /// <summary>The same tracker with other consequences.</summary>
    public TrackerSlot With(TrackerConfiguration tracker) => new(this, tracker);

    /// <summary>Takes a look's result; whether its status changed.</summary>
    public bool Note(in ProbeResult result, DateTimeOffset time)
    {
        HoldsStart = false;
        bool changed = _health.Note(result.Succeeded);
        _sight = new TrackerSight(_health.Status, result.Output, result.Value, changed ? time : _sight.LastChange, result.Duration) { Method = result.Method };
        return changed;
    }

    /// <summary>Takes what the kernel says of an interface; whether its status changed.</summary>
    public bool NoteInterface(bool isUp, DateTimeOffset time)
    {
        HoldsStart = false;
        if (!_health.Note(isUp))
        {
            return false;
        }

        _sight = new TrackerSight(_health.Status, isUp ? "up" : "down, without carrier or missing", 0, time, null);
        return true;
    }
}
