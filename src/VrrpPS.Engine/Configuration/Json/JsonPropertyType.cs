namespace VrrpPS.Engine.Configuration.Json;

/// <summary>What a property of the JSON configuration takes.</summary>
internal enum JsonPropertyType
{
    Text,
    PrefixedAddress,
    Integer,
    Boolean,
    Duration,
    Address,
    AddressList,
    VirtualAddressList,
    TextList,
    DurationList,
    Enumeration,
    Announcement,
    VirtualMac,
    Hmac,
    HmacKeyList,
    Notification,
    NotificationCommandList,
    EventFile,
    Mail,
    EnumerationList,
    TrackerList,
    TrackerReferences,
    Static,
    Instances,
    SyncGroupList,
}
