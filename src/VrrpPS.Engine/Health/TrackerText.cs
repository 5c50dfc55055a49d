using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Health;

/// <summary>Says in words what trackers found. For people.</summary>
internal static class TrackerText
{
    /// <summary>Why a tracker is a fault; begins in lower case, without a full stop.</summary>
    public static string Fault(TrackerSlot slot)
    {
        var tracker = slot.Tracker;
        string found = slot.Sight.Output is { } output ? $": {output.TrimEnd('.')}" : string.Empty;
        return (tracker, tracker.Reverse && tracker.Weight == 0) switch
        {
            (InterfaceTracker link, false) => $"tracked interface {link.InterfaceName} is down",
            (InterfaceTracker link, true) => $"tracked interface {link.InterfaceName} is up, and that is the fault (reverse)",
            (_, false) => $"health check '{tracker.Name}' failed{found}",
            _ => $"health check '{tracker.Name}' succeeded, and that is the fault (reverse){found}",
        };
    }

    /// <summary>That a tracker changed, as a sentence without its full stop.</summary>
    public static string Change(TrackerSlot slot)
    {
        string what = slot.Tracker is InterfaceTracker link ? $"Tracked interface {link.InterfaceName}" : $"Health check '{slot.Tracker.Name}'";
        string found = slot.Tracker is not InterfaceTracker && slot.Sight.Output is { } output ? $": {output.TrimEnd('.')}" : string.Empty;
        return $"{what} is {slot.Sight.Status}{found}";
    }

    /// <summary>What follows, as one word or number: <c>Fault</c>, <c>-50</c>, <c>+10</c>, <c>none</c>.</summary>
    public static string Effect(TrackerEffect effect) => effect switch
    {
        { IsFault: true } => "Fault",
        { Priority: 0 } => "none",
        { Priority: var priority } => priority.ToString("+0;-0"),
    };
}
