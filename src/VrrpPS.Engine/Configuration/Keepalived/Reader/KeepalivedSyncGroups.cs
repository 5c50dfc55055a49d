using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The sync groups of the top level. What a group tracks, each of its members tracks here.</summary>
internal sealed class KeepalivedSyncGroups(KeepalivedTrackers defined, KeepalivedWalker walker, DiagnosticBag diagnostics)
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
                default:
                    group.Trackers.AddRange(inner.Block!.Statements.Select(line => defined.Find(inner.Keyword, line, group.Name)).OfType<TrackerConfiguration>());
                    break;
            }
        }

        if (group.Members.Count == 0)
        {
            diagnostics.Error(s.At, ConfigurationCodes.MissingValue, $"vrrp_sync_group {group.Name} has no members. Name instances in 'group {{ ... }}'.");
        }

        _groups.Add(group);
    }

    /// <summary>The instances with their groups; a member that does not exist or is in two groups is reported.</summary>
    public LocatedInstance[] Apply(LocatedInstance[] instances)
    {
        var result = instances.ToArray();
        foreach (var group in _groups)
        {
            foreach (var member in group.Members)
            {
                int index = Array.FindIndex(result, i => i.Configuration.Name == member.Text);
                if (index < 0)
                {
                    diagnostics.Error(member.At, ConfigurationCodes.InvalidValue,
                        $"vrrp_sync_group {group.Name}: there is no vrrp_instance '{member.Text}', and keepalived leaves it out.{NameSuggestion.Hint(member.Text, instances.Select(static i => i.Configuration.Name))}");
                }
                else if (result[index].Configuration.SyncGroup is { } other)
                {
                    diagnostics.Error(member.At, ConfigurationCodes.Duplicate, $"vrrp_sync_group {group.Name}: '{member.Text}' is in group '{other}' already. Keep it in one of them.");
                }
                else
                {
                    result[index] = Join(result[index], group, member.At);
                }
            }
        }

        return result;
    }

    private static LocatedInstance Join(LocatedInstance instance, KeepalivedSyncGroup group, SourcePosition at)
    {
        var c = instance.Configuration;
        var trackers = c.Trackers.ToList();
        foreach (var tracker in group.Trackers.Where(t => !trackers.Exists(own => own.Kind == t.Kind && own.Target == t.Target)))
        {
            // In keepalived each kind has names of its own.
            bool isTaken = c.TrackInterfaces.Contains(tracker.Name) || trackers.Exists(own => own.Name == tracker.Name);
            trackers.Add(isTaken ? tracker with { Name = TrackerNames.Default(tracker.Kind, tracker.Name) } : tracker);
        }

        var joined = instance with
        {
            Configuration = c with
            {
                SyncGroup = group.Name,
                TrackInterfaces = c.TrackInterfaces.Concat(group.Interfaces).Distinct(StringComparer.Ordinal).ToVrrpList(),
                Trackers = trackers.ToVrrpList(),
            },
        };
        joined.Properties[nameof(InstanceConfiguration.SyncGroup)] = at;
        return joined;
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
