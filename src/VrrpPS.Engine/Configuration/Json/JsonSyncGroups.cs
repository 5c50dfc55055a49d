using System.Text.Json;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>The sync groups of a document: read, given to the instances that name them, and written once each.</summary>
internal sealed class JsonSyncGroups(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, (SyncGroupOptions Options, SourcePosition At)> _groups = new(StringComparer.Ordinal);

    /// <summary>Reads the document's list.</summary>
    /// <param name="nodes">The groups.</param>
    /// <param name="trackers">The document's health checks, which groups may name.</param>
    /// <param name="readNotification">Reads the notification of an object.</param>
    public void Read(IReadOnlyList<JsonNode> nodes, JsonTrackerReader trackers, Func<JsonObjectBinder, NotificationOptions> readNotification)
    {
        foreach (var node in nodes)
        {
            var o = new JsonObjectBinder(node, "a sync group", JsonVocabulary.SyncGroup, diagnostics);
            if (o.Text("name") is not { } name)
            {
                continue;
            }

            var options = new SyncGroupOptions
            {
                Notification = readNotification(o),
                TrackInterfaces = o.Texts("trackInterfaces")?.ToVrrpList() ?? [],
                Trackers = trackers.ReadReferences(o.Items("trackers") ?? []),
                TrackingWeight = o.Boolean("trackingWeight") ?? true,
            };
            if (!_groups.TryAdd(name, (options, node.At)))
            {
                diagnostics.Error(node.At, ConfigurationCodes.Duplicate, $"Two sync groups are named '{name}'. Make them one, or give each a name of its own.");
            }
        }
    }

    /// <summary>The instance with what its group has of its own.</summary>
    public LocatedInstance Join(LocatedInstance instance)
    {
        if (instance.Configuration.SyncGroup is not { } name || !_groups.TryGetValue(name, out var group))
        {
            return instance;
        }

        instance.Properties[nameof(InstanceConfiguration.SyncGroupOptions)] = group.At;
        return instance with { Configuration = instance.Configuration with { SyncGroupOptions = group.Options } };
    }

    /// <summary>A group without members would tell nobody of anything.</summary>
    public void ReportUnused(IReadOnlyList<LocatedInstance> instances)
    {
        var used = instances.Select(static i => i.Configuration.SyncGroup).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (name, (_, at)) in _groups.Where(group => !used.Contains(group.Key)))
        {
            diagnostics.Error(at, ConfigurationCodes.MissingValue, $"No instance is in sync group '{name}'. Name it as 'syncGroup' of its members.{NameSuggestion.Hint(name, used)}");
        }
    }

    /// <summary>Writes the groups that have something of their own.</summary>
    public static void Write(Utf8JsonWriter w, IReadOnlyList<InstanceConfiguration> instances, Action<NotificationOptions> writeNotification)
    {
        var groups = instances.Where(static i => i.SyncGroup is not null && i.SyncGroupOptions != SyncGroupOptions.None)
            .DistinctBy(static i => i.SyncGroup, StringComparer.Ordinal).ToArray();
        if (groups.Length == 0)
        {
            return;
        }

        w.WriteStartArray("syncGroups");
        foreach (var member in groups)
        {
            var options = member.SyncGroupOptions;
            w.WriteStartObject();
            w.WriteString("name", member.SyncGroup);
            if (options.TrackInterfaces.Count > 0)
            {
                w.WriteStartArray("trackInterfaces");
                foreach (string name in options.TrackInterfaces)
                {
                    w.WriteStringValue(name);
                }

                w.WriteEndArray();
            }

            JsonTrackerWriter.Write(w, options.Trackers);
            if (!options.TrackingWeight)
            {
                w.WriteBoolean("trackingWeight", false);
            }

            writeNotification(options.Notification);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }
}
