using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>One <c>vrrp_sync_group</c> as it was read.</summary>
internal sealed record KeepalivedSyncGroup(string Name, SourcePosition At)
{
    public List<KeepalivedWord> Members { get; } = [];

    public List<string> Interfaces { get; } = [];

    public List<TrackerConfiguration> Trackers { get; } = [];

    /// <summary>Whether weights of the members' own checks count.</summary>
    public bool TrackingWeight { get; set; }

    /// <summary>Whether the members tell of changes of their priority, unless they say otherwise.</summary>
    public bool? PriorityChanges { get; set; }

    public NotificationOptions Notification { get; set; } = NotificationOptions.None;

    /// <summary>What the group has of its own.</summary>
    public SyncGroupOptions ToOptions(bool trackingWeight) => new()
    {
        Notification = Notification,
        TrackInterfaces = Interfaces.Distinct(StringComparer.Ordinal).ToVrrpList(),
        Trackers = Trackers.ToVrrpList(),
        TrackingWeight = trackingWeight,
    };
}
