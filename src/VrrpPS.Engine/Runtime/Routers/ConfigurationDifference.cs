using VrrpPS.Engine.Configuration;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>Says in words what differs between two configurations of an instance.</summary>
public static class ConfigurationDifference
{
    /// <summary><c>priority 100 -> 200, addresses + 192.0.2.2/32</c>; <c>nothing</c> when they are equal. Passwords are never shown.</summary>
    public static string Describe(InstanceConfiguration old, InstanceConfiguration current)
    {
        var parts = new List<string>();
        Add(parts, "priority", old.Priority, current.Priority);
        Add(parts, "advertisement interval", old.AdvertisementInterval, current.AdvertisementInterval);
        Add(parts, "version 2 compatibility", old.Version2Compatibility, current.Version2Compatibility);
        Add(parts, "down timer adverts", old.DownTimerAdverts, current.DownTimerAdverts);
        Add(parts, "owner ignores adverts", old.OwnerIgnoreAdverts, current.OwnerIgnoreAdverts);
        Add(parts, "timer expired backup", old.TimerExpiredBackup, current.TimerExpiredBackup);
        Add(parts, "preempt", old.Preempt, current.Preempt);
        Add(parts, "preempt delay", old.PreemptDelay, current.PreemptDelay);
        Add(parts, "delay after boot", old.DelayAfterBoot, current.DelayAfterBoot);
        Add(parts, "required unicast peer", old.RequireUnicastPeer, current.RequireUnicastPeer);
        Add(parts, "startup delay", old.StartupDelay, current.StartupDelay);
        Add(parts, "source address", old.SourceAddress, current.SourceAddress);
        Add(parts, "unicast peers", old.UnicastPeers, current.UnicastPeers);
        Add(parts, "unicast TTL", old.UnicastTimeToLive, current.UnicastTimeToLive);
        Add(parts, "TTL of peers", old.PeerTimeToLive, current.PeerTimeToLive);
        Add(parts, "multicast group", old.MulticastGroup, current.MulticastGroup);
        Add(parts, "virtual MAC", old.VirtualMac, current.VirtualMac);
        Add(parts, "answer lower priorities", old.AnswerLowerPriority, current.AnswerLowerPriority);
        Add(parts, "advertise before yielding", old.AdvertiseBeforeYielding, current.AdvertiseBeforeYielding);
        Add(parts, "accept mode", old.AcceptMode, current.AcceptMode);
        Add(parts, "allowed peers", old.AllowedPeers, current.AllowedPeers);
        Add(parts, "checksum style", old.ChecksumStyle, current.ChecksumStyle);
        Add(parts, "address lease", old.AddressLease, current.AddressLease);
        Add(parts, "no address lease", old.NoAddressLease, current.NoAddressLease);
        Add(parts, "sync group", old.SyncGroup, current.SyncGroup);
        Add(parts, "sync group's own", old.SyncGroupOptions, current.SyncGroupOptions);
        Add(parts, "tracked interfaces", old.TrackInterfaces, current.TrackInterfaces);
        Add(parts, "trackers", old.Trackers, current.Trackers);
        Add(parts, "announcement repeats", old.Announcement.RepeatAfter, current.Announcement.RepeatAfter);
        Add(parts, "announcement copies", old.Announcement.Copies, current.Announcement.Copies);
        Add(parts, "announcement copies after a lower priority", old.Announcement.LowerPriorityCopies, current.Announcement.LowerPriorityCopies);
        Add(parts, "announcement delay after a lower priority", old.Announcement.LowerPriorityDelay, current.Announcement.LowerPriorityDelay);
        Add(parts, "announcement refresh", old.Announcement.RefreshInterval, current.Announcement.RefreshInterval);
        Add(parts, "announcement refresh repeats", old.Announcement.RefreshRepeat, current.Announcement.RefreshRepeat);
        Add(parts, "announcement spacing", old.Announcement.Spacing, current.Announcement.Spacing);
        Add(parts, "strict", old.Strict, current.Strict);
        Add(parts, "strict address list", old.StrictAddressList, current.StrictAddressList);
        Add(parts, "authentication type", old.AuthenticationType, current.AuthenticationType);
        if (!Equals(old.Hmac, current.Hmac))
        {
            parts.Add("HMAC keys");
        }

        Add(parts, "notification", old.Notification, current.Notification);
        if (!Equals(old.AuthenticationPass, current.AuthenticationPass))
        {
            parts.Add("password");
        }

        AddList(parts, "addresses", old.VirtualAddresses, current.VirtualAddresses);
        AddList(parts, "routes", old.VirtualRoutes, current.VirtualRoutes);
        AddList(parts, "rules", old.VirtualRules, current.VirtualRules);
        return parts.Count == 0 ? "nothing" : string.Join(", ", parts);
    }

    private static void Add<T>(List<string> parts, string name, T old, T current)
    {
        if (!EqualityComparer<T>.Default.Equals(old, current))
        {
            parts.Add($"{name} {Text(old)} -> {Text(current)}");
        }
    }

    private static void AddList<T>(List<string> parts, string name, VrrpList<T> old, VrrpList<T> current)
    {
        if (current.Except(old).ToVrrpList() is { Count: > 0 } added)
        {
            parts.Add($"{name} + {added}");
        }

        if (old.Except(current).ToVrrpList() is { Count: > 0 } removed)
        {
            parts.Add($"{name} - {removed}");
        }
    }

    private static string Text<T>(T value) => value?.ToString() is { Length: > 0 } text ? text : "none";
}
