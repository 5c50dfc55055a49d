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
        Add(parts, "down timer adverts", old.DownTimerAdverts, current.DownTimerAdverts);
        Add(parts, "owner ignores adverts", old.OwnerIgnoreAdverts, current.OwnerIgnoreAdverts);
        Add(parts, "timer expired backup", old.TimerExpiredBackup, current.TimerExpiredBackup);
        Add(parts, "preempt", old.Preempt, current.Preempt);
        Add(parts, "preempt delay", old.PreemptDelay, current.PreemptDelay);
        Add(parts, "startup delay", old.StartupDelay, current.StartupDelay);
        Add(parts, "source address", old.SourceAddress, current.SourceAddress);
        Add(parts, "unicast peers", old.UnicastPeers, current.UnicastPeers);
        Add(parts, "allowed peers", old.AllowedPeers, current.AllowedPeers);
        Add(parts, "checksum style", old.ChecksumStyle, current.ChecksumStyle);
        Add(parts, "address lease", old.AddressLease, current.AddressLease);
        Add(parts, "no address lease", old.NoAddressLease, current.NoAddressLease);
        Add(parts, "tracked interfaces", old.TrackInterfaces, current.TrackInterfaces);
        Add(parts, "trackers", old.Trackers, current.Trackers);
        Add(parts, "announcement repeats", old.Announcement.RepeatAfter, current.Announcement.RepeatAfter);
        Add(parts, "announcement refresh", old.Announcement.RefreshInterval, current.Announcement.RefreshInterval);
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

        var added = current.VirtualAddresses.Except(old.VirtualAddresses).ToVrrpList();
        var removed = old.VirtualAddresses.Except(current.VirtualAddresses).ToVrrpList();
        if (added.Count > 0)
        {
            parts.Add($"addresses + {added}");
        }

        if (removed.Count > 0)
        {
            parts.Add($"addresses - {removed}");
        }

        return parts.Count == 0 ? "nothing" : string.Join(", ", parts);
    }

    private static void Add<T>(List<string> parts, string name, T old, T current)
    {
        if (!EqualityComparer<T>.Default.Equals(old, current))
        {
            parts.Add($"{name} {Text(old)} -> {Text(current)}");
        }
    }

    private static string Text<T>(T value) => value?.ToString() is { Length: > 0 } text ? text : "none";
}
