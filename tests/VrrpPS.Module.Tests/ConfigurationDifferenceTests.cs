using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Module.Tests;

public sealed class ConfigurationDifferenceTests
{
    private static readonly InstanceConfiguration Before = new()
    {
        Name = "a",
        InterfaceName = "eth0",
        VirtualRouterId = 41,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
        VirtualMac = VirtualMacOptions.Default,
        Hmac = new HmacConfiguration { Keys = [new HmacKey(1, Secret.FromText("secret"))], ActiveKey = 1 },
    };

    public static TheoryData<string, InstanceConfiguration> Changes => new()
    {
        { "Priority: 100 -> 90", Before with { Priority = 90 } },
        { "VirtualIPAddress: 192.0.2.1/24 -> 192.0.2.2/32", Before with { VirtualAddresses = [VirtualAddress.Parse("192.0.2.2")] } },
        { "ExcludedVirtualIPAddress: (none) -> 192.0.2.2/32 dev eth1", Before with { VirtualAddresses = [.. Before.VirtualAddresses, VirtualAddress.Parse("192.0.2.2 dev eth1") with { Advertised = false }] } },
        { "VirtualRoute: (none) -> 10.0.0.0/8 via 192.0.2.9", Before with { VirtualRoutes = [VirtualRoute.Parse("10.0.0.0/8 via 192.0.2.9")] } },
        { "VirtualRule: (none) -> from 192.0.2.1/32 table 7", Before with { VirtualRules = [VirtualRule.Parse("from 192.0.2.1 table 7")] } },
        { "AdvertisementInterval: 1s -> 2s", Before with { AdvertisementInterval = Interval.FromSeconds(2) } },
        { "Preempt: True -> False", Before with { Preempt = false } },
        { "PreemptDelay: 00:00:00 -> 00:00:03", Before with { PreemptDelay = TimeSpan.FromSeconds(3) } },
        { "StartupDelay: 00:00:00 -> 00:00:04", Before with { StartupDelay = TimeSpan.FromSeconds(4) } },
        { "DelayAfterBoot: 00:00:00 -> 00:00:05", Before with { DelayAfterBoot = TimeSpan.FromSeconds(5) } },
        { "RequireUnicastPeer: False -> True", Before with { RequireUnicastPeer = true } },
        { "UnicastPeer: (none) -> 192.0.2.9", Before with { UnicastPeers = [InetAddress.Parse("192.0.2.9")] } },
        { "AllowedPeer: (none) -> 192.0.2.9", Before with { AllowedPeers = [InetAddress.Parse("192.0.2.9")] } },
        { "SourceAddress: (none) -> 192.0.2.8", Before with { SourceAddress = InetAddress.Parse("192.0.2.8") } },
        { "AuthenticationPass: (none) -> ********", Before with { AuthenticationPass = Secret.FromText("hidden") } },
        { "AuthenticationType: Pass -> AH", Before with { AuthenticationType = AuthenticationMethod.AH } },
        { "HmacKey: ******** -> ********", Before with { Hmac = Before.Hmac!.With(new HmacKey(1, Secret.FromText("hidden"))) } },
        { "HmacKeyId: 1 -> 1, 2", Before with { Hmac = Before.Hmac!.With(new HmacKey(2, Secret.FromText("hidden"))) } },
        { "HmacActiveKey: 1 -> 2", Before with { Hmac = Before.Hmac! with { ActiveKey = 2 } } },
        { "HmacMode: Enforce -> ReceiveOnly", Before with { Hmac = Before.Hmac! with { Mode = HmacMode.ReceiveOnly } } },
        { "HmacAntiReplay: Time -> Monotonic", Before with { Hmac = Before.Hmac! with { AntiReplay = HmacAntiReplay.Monotonic } } },
        { "HmacTimeWindow: (none) -> 00:00:07", Before with { Hmac = Before.Hmac! with { TimeWindow = TimeSpan.FromSeconds(7) } } },
        { "Version2Compatibility: False -> True", Before with { Version2Compatibility = true } },
        { "DownTimerAdvert: 3 -> 5", Before with { DownTimerAdverts = 5 } },
        { "OwnerIgnoreAdvert: False -> True", Before with { OwnerIgnoreAdverts = true } },
        { "TimerExpiredBackup: (none) -> 200", Before with { TimerExpiredBackup = 200 } },
        { "Strict: False -> True", Before with { Strict = true } },
        { "SyncGroup: (none) -> wan", Before with { SyncGroup = "wan" } },
        { "TrackInterface: (none) -> eth1", Before with { TrackInterfaces = ["eth1"] } },
        { "Tracker: (none) -> gateway (Ping 192.0.2.9, weight -50)", Before with { Trackers = [new PingTracker { Name = "gateway", Address = InetAddress.Parse("192.0.2.9"), Weight = -50 }] } },
        { "ChecksumStyle: Auto -> Both", Before with { ChecksumStyle = ChecksumStyle.Both } },
        { "AddressLease: (none) -> 00:00:05", Before with { AddressLease = TimeSpan.FromSeconds(5) } },
        { "UseVirtualMac: True -> False", Before with { VirtualMac = null } },
        { "VirtualMacName: (none) -> web0", Before with { VirtualMac = VirtualMacOptions.Default with { InterfaceName = "web0" } } },
        { "VirtualMacAddress: (none) -> 02:00:00:00:00:01", Before with { VirtualMac = VirtualMacOptions.Default with { Address = new MacAddress(0x0200_0000_0001) } } },
        { "TransmitFromBase: False -> True", Before with { VirtualMac = VirtualMacOptions.Default with { TransmitFromBase = true } } },
        { "NoAddressLease: False -> True", Before with { NoAddressLease = true } },
        { "UnicastTimeToLive: 255 -> 254", Before with { UnicastTimeToLive = 254 } },
        { "PeerTimeToLive: (none) -> 192.0.2.9 min_ttl 254 max_ttl 255", Before with { PeerTimeToLive = [new PeerTimeToLive(InetAddress.Parse("192.0.2.9"), 254, 255)] } },
        { "MulticastGroup: (none) -> 224.0.0.99", Before with { MulticastGroup = InetAddress.Parse("224.0.0.99") } },
        { "NoLowerPriorityAnswer: False -> True", Before with { AnswerLowerPriority = false } },
        { "AdvertiseBeforeYielding: False -> True", Before with { AdvertiseBeforeYielding = true } },
        { "AcceptMode: True -> False", Before with { AcceptMode = false } },
        { "StrictAddressList: False -> True", Before with { StrictAddressList = true } },
        { "AnnouncementRepeat: 1s, 5s -> 2s", Before with { Announcement = Before.Announcement with { RepeatAfter = [TimeSpan.FromSeconds(2)] } } },
        { "AnnouncementRefresh: 00:01:00 -> 00:00:30", Before with { Announcement = Before.Announcement with { RefreshInterval = TimeSpan.FromSeconds(30) } } },
        { "AnnouncementRefreshRepeat: 1 -> 2", Before with { Announcement = Before.Announcement with { RefreshRepeat = 2 } } },
        { "AnnouncementInterval: 00:00:00 -> 00:00:01", Before with { Announcement = Before.Announcement with { Spacing = TimeSpan.FromSeconds(1) } } },
        { "AnnouncementCopy: 1 -> 5", Before with { Announcement = Before.Announcement with { Copies = 5 } } },
        { "LowerPriorityAnnouncementCopy: 1 -> 0", Before with { Announcement = Before.Announcement with { LowerPriorityCopies = 0 } } },
        { "LowerPriorityAnnouncementDelay: 00:00:00 -> 00:00:05", Before with { Announcement = Before.Announcement with { LowerPriorityDelay = TimeSpan.FromSeconds(5) } } },
        { "SyncGroupNotification: (none) -> FIFO /run/g", Before with { SyncGroupOptions = new SyncGroupOptions { Notification = new NotificationOptions { Fifos = ["/run/g"] } } } },
        { "Notification: (none) -> mail to c@d through m", Before with { Notification = new NotificationOptions { Mail = new MailOptions { Server = "m", From = "a@b", To = ["c@d"] } } } },
        { "NotifyCommand: (none) -> /bin/a b", Before with { Notification = new NotificationOptions { Commands = [new NotificationCommand { Arguments = ["/bin/a", "b"] }] } } },
        { "NotifyFifo: (none) -> /run/f", Before with { Notification = new NotificationOptions { Fifos = ["/run/f"] } } },
        { "EventFile: (none) -> /var/e", Before with { Notification = new NotificationOptions { EventFile = new EventFileOptions("/var/e") } } },
    };

    [Fact]
    public void Nothing_differs_from_itself() => Assert.Empty(ConfigurationDifference.Between(Before, Before with { Name = "a" }));

    [Theory]
    [MemberData(nameof(Changes))]
    public void One_change_is_one_line(string line, InstanceConfiguration after) => Assert.Equal([line], ConfigurationDifference.Between(Before, after));

    [Fact]
    public void What_only_a_file_says_of_a_group_is_shown_too()
        => Assert.Equal(
            ["SyncGroupTracker: (none) -> checks eth7"],
            ConfigurationDifference.Between(Before, Before with { SyncGroupOptions = new SyncGroupOptions { TrackInterfaces = ["eth7"] } }));

    [Fact]
    public void Every_value_of_Set_VrrpInstance_has_a_line()
    {
        string[] values = [.. CmdletInfo.All.Single(c => c.Name == "Set-VrrpInstance").Parameters.Select(static p => p.Name switch { "NoPreempt" => "Preempt", "DisableAcceptMode" => "AcceptMode", var name => name })
            .Except(["Name", "NetworkNamespace", "InputObject", "PassThru", "Force", "OnTransition", "OnTransitionTimeout", "Service", "SocketPath"])];
        Assert.Equal(values.Order(StringComparer.Ordinal), Changes.Select(row => row.Data.Item1.Split(':')[0]).Order(StringComparer.Ordinal));
    }
}
