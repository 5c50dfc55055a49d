using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Groups;

/// <summary>What a sync group has of its own, beside its members. Every member that says something of it says the same.</summary>
public sealed record SyncGroupOptions
{
    /// <summary>Nothing: members that move together, and no more.</summary>
    public static SyncGroupOptions None { get; } = new();

    /// <summary>Whom the group tells what happens to it as a whole.</summary>
    public NotificationOptions Notification { get; init; } = NotificationOptions.None;

    /// <summary>Interfaces that must be up; while one is not, the whole group is in Fault.</summary>
    public VrrpList<string> TrackInterfaces { get; init; } = [];

    /// <summary>Health checks that every member tracks beside its own.</summary>
    public VrrpList<TrackerConfiguration> Trackers { get; init; } = [];

    /// <summary>
    /// Whether weights of the members' own checks count. Otherwise, as in keepalived without <c>sync_group_tracking_weight</c>, a
    /// weighted interface is a fault while it is down, a weighted process counts all the same, and every other weighted check is left out.
    /// </summary>
    public bool TrackingWeight { get; init; } = true;

    /// <summary>What there is, without secrets: <c>checks eth1, gateway (Ping 192.0.2.1); command /bin/x</c>; empty for nothing.</summary>
    public override string ToString()
    {
        string checks = string.Join(", ", TrackInterfaces.Concat(Trackers.Select(static tracker => tracker.ToString())));
        string[] parts =
        [
            checks.Length > 0 ? $"checks {checks}" : string.Empty,
            TrackingWeight ? string.Empty : "members' weights ignored",
            Notification.ToString(),
        ];
        return string.Join("; ", parts.Where(static part => part.Length > 0));
    }
}
