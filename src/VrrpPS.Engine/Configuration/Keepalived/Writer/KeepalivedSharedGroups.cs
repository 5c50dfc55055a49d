using VrrpPS.Engine.Configuration.Groups;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The sync groups, each once for all its members.</summary>
internal static class KeepalivedSharedGroups
{
    public static void Write(KeepalivedDocumentWriter w, ConfigurationDocument document)
    {
        foreach (var group in w.Instances.Where(static i => i.SyncGroup is not null).GroupBy(static i => i.SyncGroup!, StringComparer.Ordinal))
        {
            var options = group.Select(static i => i.SyncGroupOptions).FirstOrDefault(static o => o != SyncGroupOptions.None, SyncGroupOptions.None);
            var writer = new KeepalivedInstanceWriter(w, group.Key);
            writer.Body.Block("group", group.Select(static i => i.Name));
            bool isWeighted = group.Any(static i => i.Trackers.Any(static t => MemberTrackers.WithoutWeight(t) != t));
            if (options.TrackingWeight && isWeighted)
            {
                writer.Body.Line("sync_group_tracking_weight");
            }

            writer.Body.Block("track_interface", options.TrackInterfaces);
            KeepalivedInstanceProperties.Trackers(writer, options.Trackers);
            KeepalivedInstanceProperties.Notification(writer, options.Notification);

            // Behind what it refers to.
            w.Definitions.Open("vrrp_sync_group", group.Key);
            w.Definitions.Lines(writer.Body);
            w.Definitions.Close();
        }
    }
}
