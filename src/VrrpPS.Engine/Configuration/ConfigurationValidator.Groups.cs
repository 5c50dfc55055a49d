using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    private static void CheckSyncGroup(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        var options = c.SyncGroupOptions;
        if (options == SyncGroupOptions.None)
        {
            return;
        }

        var found = new List<ConfigurationProblem>();
        if (c.SyncGroup is null)
        {
            RefuseGroup(found, "There is a notification or a check of a sync group, but the instance is in none. Name its sync group.", null);
        }

        CheckNotification(options.Notification, found);
        CheckGroupNotification(options.Notification, found);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in options.TrackInterfaces)
        {
            if (!IsInterfaceName(name))
            {
                Add(found, nameof(c.SyncGroupOptions), VrrpErrors.InvalidInterfaceName(name));
            }
            else if (!names.Add(name))
            {
                RefuseGroup(found, $"Sync group '{c.SyncGroup}' tracks interface '{name}' twice. Name it once.", name);
            }
        }

        foreach (var tracker in options.Trackers)
        {
            CheckTracker(tracker, found);
            if (!names.Add(tracker.Name))
            {
                RefuseGroup(found, $"Two trackers of sync group '{c.SyncGroup}' are named '{tracker.Name}'. Give each a name of its own.", tracker.Name);
            }
        }

        problems.AddRange(found.Select(static problem => problem with { PropertyName = nameof(InstanceConfiguration.SyncGroupOptions) }));
    }

    /// <summary>A group has neither a priority nor a role to give away: its members do.</summary>
    private static void CheckGroupNotification(NotificationOptions options, List<ConfigurationProblem> problems)
    {
        foreach (var command in options.Commands)
        {
            foreach (var occasion in command.On.Where(static on => on is NotificationOccasion.LowerPriorityHeard or NotificationOccasion.PriorityChanged))
            {
                RefuseGroup(problems, $"'{command}' of a sync group would never run on {occasion}: that happens to an instance. Give the command to the members.", command.ToString());
            }

            if (command.Wait)
            {
                RefuseGroup(problems, $"'{command}' of a sync group is to be waited for, but only an instance waits before it leaves. Give the command to a member.", command.ToString());
            }
        }

        if (options.PriorityChanges)
        {
            RefuseGroup(problems, "A sync group has no priority whose changes it could tell. Set priorityChanges in the notification of its members.", null);
        }
    }

    private static void RefuseGroup(List<ConfigurationProblem> problems, string message, object? target)
        => Add(problems, nameof(InstanceConfiguration.SyncGroupOptions), VrrpErrors.InvalidConfiguration(message, target));
}
