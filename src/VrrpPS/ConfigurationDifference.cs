using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS;

/// <summary>What differs between two configurations of one instance, as -WhatIf prints it.</summary>
internal static class ConfigurationDifference
{
    /// <summary>One text <c>name: before -> after</c> for each value that differs.</summary>
    internal static IReadOnlyList<string> Between(InstanceConfiguration before, InstanceConfiguration after)
    {
        var (left, right) = (new VrrpConfiguration(before), new VrrpConfiguration(after));
        var differences = new List<string>();
        Compare(nameof(left.Priority), left.Priority, right.Priority);
        Compare(nameof(left.VirtualIPAddress), left.VirtualIPAddress, right.VirtualIPAddress);
        Compare(nameof(left.ExcludedVirtualIPAddress), left.ExcludedVirtualIPAddress, right.ExcludedVirtualIPAddress);
        Compare(nameof(left.VirtualRoute), left.VirtualRoute, right.VirtualRoute);
        Compare(nameof(left.VirtualRule), left.VirtualRule, right.VirtualRule);
        Compare(nameof(left.AdvertisementInterval), before.AdvertisementInterval, after.AdvertisementInterval);
        Compare(nameof(left.Version2Compatibility), left.Version2Compatibility, right.Version2Compatibility);
        Compare(nameof(left.DownTimerAdvert), left.DownTimerAdvert, right.DownTimerAdvert);
        Compare(nameof(left.OwnerIgnoreAdvert), left.OwnerIgnoreAdvert, right.OwnerIgnoreAdvert);
        Compare(nameof(left.TimerExpiredBackup), left.TimerExpiredBackup, right.TimerExpiredBackup);
        Compare(nameof(left.Preempt), left.Preempt, right.Preempt);
        Compare(nameof(left.PreemptDelay), left.PreemptDelay, right.PreemptDelay);
        Compare(nameof(left.DelayAfterBoot), left.DelayAfterBoot, right.DelayAfterBoot);
        Compare(nameof(left.RequireUnicastPeer), left.RequireUnicastPeer, right.RequireUnicastPeer);
        Compare(nameof(left.StartupDelay), left.StartupDelay, right.StartupDelay);
        Compare(nameof(left.UnicastPeer), left.UnicastPeer, right.UnicastPeer);
        Compare(nameof(left.AllowedPeer), left.AllowedPeer, right.AllowedPeer);
        Compare(nameof(left.SourceAddress), left.SourceAddress, right.SourceAddress);
        Compare(nameof(left.AuthenticationType), before.AuthenticationType, after.AuthenticationType);
        Compare(nameof(left.HmacKeyId), left.HmacKeyId, right.HmacKeyId);
        Compare(nameof(left.HmacActiveKey), left.HmacActiveKey, right.HmacActiveKey);
        Compare(nameof(left.HmacMode), left.HmacMode, right.HmacMode);
        Compare(nameof(left.HmacAntiReplay), left.HmacAntiReplay, right.HmacAntiReplay);
        Compare(nameof(left.HmacTimeWindow), before.Hmac?.TimeWindow, after.Hmac?.TimeWindow);
        if (before.Hmac?.Keys is { } keys && after.Hmac?.Keys is { } others && left.HmacKeyId.Equals(right.HmacKeyId) && !keys.Equals(others))
        {
            differences.Add("HmacKey: ******** -> ********");
        }

        Compare("AuthenticationPass", before.AuthenticationPass, after.AuthenticationPass);
        Compare(nameof(left.SyncGroup), left.SyncGroup, right.SyncGroup);
        Compare(nameof(left.TrackInterface), left.TrackInterface, right.TrackInterface);
        Compare(nameof(left.Strict), left.Strict, right.Strict);
        Compare(nameof(left.Tracker), before.Trackers, after.Trackers);
        Compare(nameof(left.ChecksumStyle), left.ChecksumStyle, right.ChecksumStyle);
        Compare(nameof(left.AddressLease), left.AddressLease, right.AddressLease);
        Compare(nameof(left.UseVirtualMac), left.UseVirtualMac, right.UseVirtualMac);
        Compare(nameof(left.VirtualMacName), before.VirtualMac?.InterfaceName, after.VirtualMac?.InterfaceName);
        Compare(nameof(left.VirtualMacAddress), before.VirtualMac?.Address, after.VirtualMac?.Address);
        Compare(nameof(left.TransmitFromBase), left.TransmitFromBase, right.TransmitFromBase);
        Compare(nameof(left.NoAddressLease), left.NoAddressLease, right.NoAddressLease);
        Compare(nameof(left.UnicastTimeToLive), left.UnicastTimeToLive, right.UnicastTimeToLive);
        Compare(nameof(left.PeerTimeToLive), left.PeerTimeToLive, right.PeerTimeToLive);
        Compare(nameof(left.MulticastGroup), left.MulticastGroup, right.MulticastGroup);
        Compare(nameof(left.NoLowerPriorityAnswer), left.NoLowerPriorityAnswer, right.NoLowerPriorityAnswer);
        Compare(nameof(left.AdvertiseBeforeYielding), left.AdvertiseBeforeYielding, right.AdvertiseBeforeYielding);
        Compare(nameof(left.AcceptMode), left.AcceptMode, right.AcceptMode);
        Compare(nameof(left.StrictAddressList), left.StrictAddressList, right.StrictAddressList);
        Compare(nameof(left.AnnouncementRepeat), left.AnnouncementRepeat, right.AnnouncementRepeat);
        Compare(nameof(left.AnnouncementRefresh), left.AnnouncementRefresh, right.AnnouncementRefresh);
        Compare(nameof(left.AnnouncementRefreshRepeat), left.AnnouncementRefreshRepeat, right.AnnouncementRefreshRepeat);
        Compare(nameof(left.AnnouncementInterval), left.AnnouncementInterval, right.AnnouncementInterval);
        Compare(nameof(left.AnnouncementCopy), left.AnnouncementCopy, right.AnnouncementCopy);
        Compare(nameof(left.LowerPriorityAnnouncementCopy), left.LowerPriorityAnnouncementCopy, right.LowerPriorityAnnouncementCopy);
        Compare(nameof(left.LowerPriorityAnnouncementDelay), left.LowerPriorityAnnouncementDelay, right.LowerPriorityAnnouncementDelay);
        Compare(nameof(left.SyncGroupNotification), before.SyncGroupOptions.Notification, after.SyncGroupOptions.Notification);
        Compare(nameof(left.SyncGroupTracker), before.SyncGroupOptions with { Notification = None }, after.SyncGroupOptions with { Notification = None });
        Compare(nameof(left.Notification), Rest(before), Rest(after));
        Compare("NotifyCommand", before.Notification.Commands, after.Notification.Commands);
        Compare("NotifyFifo", before.Notification.Fifos, after.Notification.Fifos);
        Compare("EventFile", before.Notification.EventFile, after.Notification.EventFile);
        return differences;

        void Compare<T>(string name, T one, T other)
        {
            if (!EqualityComparer<T>.Default.Equals(one, other))
            {
                differences.Add($"{name}: {Text(one)} -> {Text(other)}");
            }
        }
    }

    private static NotificationOptions None => NotificationOptions.None;

    /// <summary>What has no parameter of its own.</summary>
    private static NotificationOptions Rest(InstanceConfiguration configuration)
        => configuration.Notification with { Commands = [], Fifos = [], EventFile = null };

    private static string Text(object? value) => value?.ToString() is { Length: > 0 } text ? text : "(none)";
}
