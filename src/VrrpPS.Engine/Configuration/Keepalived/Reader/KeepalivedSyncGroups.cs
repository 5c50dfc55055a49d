using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The sync groups of the top level.</summary>
internal sealed class KeepalivedSyncGroups(KeepalivedGlobals globals, KeepalivedTrackers defined, KeepalivedWalker walker, DiagnosticBag diagnostics)
{
    private readonly List<KeepalivedSyncGroup> _groups = [];

    /// <summary>Takes a statement of the top level, if it is a group.</summary>
    public void Take(KeepalivedStatement s)
    {
        if (s.Keyword != "vrrp_sync_group")
        {
            return;
        }

        var group = new KeepalivedSyncGroup(s.Words[1].Text, s.At);
        var scripts = new KeepalivedScripts(globals, diagnostics);
        bool alerts = globals.Notification.Alerts;
        var alertsAt = s.At;
        foreach (var inner in walker.Carried(s.Block!, KeepalivedContext.SyncGroup))
        {
            switch (inner.Keyword)
            {
                case "group":
                    group.Members.AddRange(inner.Block!.Statements.SelectMany(static line => line.Words));
                    break;
                case "track_interface":
                    TakeInterfaces(group, inner);
                    break;
                case "global_tracking" or "sync_group_tracking_weight":
                    group.TrackingWeight = true;
                    break;
                case "notify_priority_changes":
                    group.PriorityChanges = KeepalivedValues.Switch(inner, diagnostics);
                    break;
                case "smtp_alert":
                    (alerts, alertsAt) = (KeepalivedValues.Switch(inner, diagnostics), inner.At);
                    break;
                case var keyword when keyword.StartsWith("notify", StringComparison.Ordinal):
                    scripts.Take(inner, group.Name);
                    break;
                default:
                    group.Trackers.AddRange(inner.Block!.Statements.Select(line => defined.Find(inner.Keyword, line, group.Name)).OfType<TrackerConfiguration>());
                    break;
            }
        }

        if (group.Members.Count == 0)
        {
            diagnostics.Error(s.At, ConfigurationCodes.MissingValue, $"vrrp_sync_group {group.Name} has no members. Name instances in 'group {{ ... }}'.");
        }

        group.Notification = new NotificationOptions
        {
            Commands = scripts.Commands(isGroup: true),
            Fifos = globals.Notification.Fifos,
            Mail = alerts ? globals.Notification.Mail(globals.RouterId, alertsAt, group.Name, diagnostics) : null,
        };
        _groups.Add(group);
    }

    /// <summary>Whether an instance's group wants changes of priorities told; null when it says nothing of that.</summary>
    public bool? PriorityChangesOf(string instance)
        => _groups.Find(group => group.Members.Exists(member => member.Text == instance))?.PriorityChanges;

    /// <summary>The instances with their groups; a member that does not exist or is in two groups is reported.</summary>
    public LocatedInstance[] Apply(LocatedInstance[] instances)
    {
        var result = instances.ToArray();
        foreach (var group in _groups)
        {
            var members = new List<(int Index, SourcePosition At)>();
            foreach (var member in group.Members)
            {
                int index = Array.FindIndex(result, i => i.Configuration.Name == member.Text);
                if (index < 0)
                {
                    diagnostics.Error(member.At, ConfigurationCodes.InvalidValue,
                        $"vrrp_sync_group {group.Name}: there is no vrrp_instance '{member.Text}', and keepalived leaves it out.{NameSuggestion.Hint(member.Text, instances.Select(static i => i.Configuration.Name))}");
                }
                else if (members.Exists(other => other.Index == index) || result[index].Configuration.SyncGroup is not null)
                {
                    string other = result[index].Configuration.SyncGroup ?? group.Name;
                    diagnostics.Error(member.At, ConfigurationCodes.Duplicate, $"vrrp_sync_group {group.Name}: '{member.Text}' is in group '{other}' already. Keep it in one of them.");
                }
                else
                {
                    members.Add((index, member.At));
                }
            }

            var options = group.ToOptions(TrackingWeight(group, members.Select(member => result[member.Index])));
            foreach (var (index, at) in members)
            {
                result[index] = result[index] with { Configuration = result[index].Configuration with { SyncGroup = group.Name, SyncGroupOptions = options } };
                result[index].Properties[nameof(InstanceConfiguration.SyncGroup)] = at;
                result[index].Properties[nameof(InstanceConfiguration.SyncGroupOptions)] = group.At;
            }
        }

        return result;
    }

    /// <summary>keepalived ignores weights of members' own checks unless told otherwise; where there are none that makes no difference.</summary>
    private bool TrackingWeight(KeepalivedSyncGroup group, IEnumerable<LocatedInstance> members)
    {
        bool counts = true;
        foreach (var member in members)
        {
            foreach (var tracker in member.Configuration.Trackers.Where(tracker => !group.TrackingWeight && MemberTrackers.WithoutWeight(tracker) != tracker))
            {
                counts = false;
                string what = MemberTrackers.WithoutWeight(tracker) is null ? "is not tracked at all" : "is a fault while it is down";
                diagnostics.Warning(member.At(nameof(InstanceConfiguration.Trackers)), ConfigurationCodes.Adjusted,
                    $"{member.Configuration.Name}: '{tracker.Name}' has a weight, which a member of a sync group may not have in keepalived: it {what}, and so here. Write 'sync_group_tracking_weight' in vrrp_sync_group {group.Name}, or let the group track it.");
            }
        }

        return counts;
    }

    private void TakeInterfaces(KeepalivedSyncGroup group, KeepalivedStatement block)
    {
        foreach (var line in block.Block!.Statements)
        {
            string name = line.Words[0].Text;
            TrackerConfiguration? tracker = new InterfaceTracker { Name = name, InterfaceName = name };
            tracker = line.Words.Count == 1 ? tracker : defined.Weigh(tracker, line, 1, group.Name);
            if (tracker is { Weight: 0, Reverse: false })
            {
                group.Interfaces.Add(name);
            }
            else if (tracker is not null)
            {
                group.Trackers.Add(tracker);
            }
        }
    }
}
