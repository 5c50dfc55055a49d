using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Groups;

/// <summary>What an instance tracks: its own interfaces and checks, and those of its sync group.</summary>
public static class MemberTrackers
{
    /// <summary>The interfaces that must be up.</summary>
    public static IEnumerable<string> Interfaces(InstanceConfiguration instance)
        => instance.TrackInterfaces.Union(OptionsOf(instance).TrackInterfaces, StringComparer.Ordinal);

    /// <summary>The checks as they count. Where both look at the same thing, the group's weight is used unless the member's own check has none.</summary>
    public static IReadOnlyList<TrackerConfiguration> Checks(InstanceConfiguration instance)
    {
        var group = OptionsOf(instance);
        if (group == SyncGroupOptions.None)
        {
            return instance.Trackers;
        }

        var interfaces = Interfaces(instance).ToHashSet(StringComparer.Ordinal);
        var checks = instance.Trackers.Where(tracker => !IsAmong(tracker, interfaces))
            .Select(tracker => group.TrackingWeight ? tracker : WithoutWeight(tracker)).OfType<TrackerConfiguration>().ToList();
        foreach (var tracker in group.Trackers.Where(tracker => !IsAmong(tracker, interfaces)))
        {
            int same = checks.FindIndex(own => own.Kind == tracker.Kind && own.Target == tracker.Target);
            if (same < 0)
            {
                checks.Add(Named(tracker, checks, interfaces));
            }
            else if (checks[same].Weight != 0)
            {
                checks[same] = checks[same] with { Weight = tracker.Weight, Reverse = tracker.Reverse };
            }
        }

        return checks;
    }

    /// <summary>A member's own check where weights do not count; null when it is left out.</summary>
    public static TrackerConfiguration? WithoutWeight(TrackerConfiguration tracker) => tracker switch
    {
        { Weight: 0 } or ProcessTracker => tracker,
        InterfaceTracker => tracker with { Weight = 0, Reverse = false },

        // keepalived takes the weight that a file has unless told otherwise for none.
        FileTracker { Weight: 1 } => tracker with { Weight = 0 },
        _ => null,
    };

    /// <summary>An interface that must be up anyhow.</summary>
    private static bool IsAmong(TrackerConfiguration tracker, HashSet<string> interfaces) => tracker is InterfaceTracker link && interfaces.Contains(link.InterfaceName);

    private static SyncGroupOptions OptionsOf(InstanceConfiguration instance) => instance.SyncGroup is null ? SyncGroupOptions.None : instance.SyncGroupOptions;

    /// <summary>Names are unique within an instance; in keepalived each kind has names of its own.</summary>
    private static TrackerConfiguration Named(TrackerConfiguration tracker, List<TrackerConfiguration> checks, HashSet<string> interfaces)
    {
        bool isTaken = interfaces.Contains(tracker.Name) || checks.Exists(own => own.Name == tracker.Name);
        string name = TrackerNames.Default(tracker.Kind, tracker.Target);
        return !isTaken ? tracker : tracker with { Name = checks.Exists(own => own.Name == name) ? $"group-{name}" : name };
    }
}
