using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Health;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>A health check as the election sees it.</summary>
/// <param name="Name">What findings call it.</param>
/// <param name="PriorityAfter">The priority in force while it alone fails, 1..254; null when the instance is in Fault then.</param>
internal readonly record struct SimulatedCheck(string Name, int? PriorityAfter)
{
    /// <summary>What it looks at: whoever on the node looks at the same sees the same. Null when that is nobody's business.</summary>
    public (TrackerKind Kind, string Target)? Thing { get; init; }

    /// <summary>The health checks of an instance, each failing alone.</summary>
    public static IEnumerable<SimulatedCheck> Of(InstanceConfiguration instance)
    {
        int sum = HealthySum(instance);
        foreach (var tracker in TrackerBoard.All(instance))
        {
            var (healthy, failed) = Effects(tracker);
            yield return new SimulatedCheck(
                tracker.Kind == TrackerKind.Interface ? $"interface {tracker.Target}" : $"check '{tracker.Name}'",
                failed.IsFault ? null : TrackerEffect.EffectivePriority(instance.Priority, sum - healthy.Priority + failed.Priority))
            {
                Thing = (tracker.Kind, tracker.Target),
            };
        }
    }

    /// <summary>The priority in force while every check succeeds: a positive weight raises it.</summary>
    public static byte HealthyPriority(InstanceConfiguration instance)
        => (byte)TrackerEffect.EffectivePriority(instance.Priority, HealthySum(instance));

    private static int HealthySum(InstanceConfiguration instance) => TrackerBoard.All(instance).Sum(static tracker => Effects(tracker).Healthy.Priority);

    // Reversed, a check is healthy while it is Down: of its two effects the better one is meant to last.
    private static (TrackerEffect Healthy, TrackerEffect Failed) Effects(TrackerConfiguration tracker)
    {
        if (tracker is FileTracker && tracker.Weight != 0)
        {
            // Any number may stand there: none is healthy, and the failure is one step down.
            int down = (tracker.Weight > 0) == tracker.Reverse ? 1 : -1;
            return (TrackerEffect.Of(tracker, TrackerStatus.Up, 0), TrackerEffect.Of(tracker, TrackerStatus.Up, down));
        }

        var (up, below) = (TrackerEffect.Of(tracker, TrackerStatus.Up, 0), TrackerEffect.Of(tracker, TrackerStatus.Down, 0));
        return up.IsFault || (!below.IsFault && below.Priority > up.Priority) ? (below, up) : (up, below);
    }
}
