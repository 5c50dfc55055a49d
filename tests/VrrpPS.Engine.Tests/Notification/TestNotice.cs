using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Tests.Notification;

/// <summary>Notices as an instance would post them.</summary>
internal static class TestNotice
{
    public static NoticeSubject Subject { get; } = new("web 1", null, IsGroup: false);

    public static Notice Of(NotificationOccasion occasion, NoticeSubject? subject = null, int priority = 100) => new()
    {
        Subject = subject ?? Subject,
        Occasion = occasion,
        Time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(1)),
        FromState = occasion == NotificationOccasion.PriorityChanged ? RouterState.Master : RouterState.Initialize,
        ToState = occasion switch
        {
            NotificationOccasion.Master or NotificationOccasion.PriorityChanged => RouterState.Master,
            NotificationOccasion.Fault => RouterState.Fault,
            _ => RouterState.Backup,
        },
        Event = nameof(LastEvent.MasterTimeout),
        Reason = "The Master was silent; \"quoted\" -> ü.",
        Priority = priority,
        Master = "192.0.2.1",
        InterfaceName = "eth0",
        VirtualRouterId = 41,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = "192.0.2.100/24",
    };
}
