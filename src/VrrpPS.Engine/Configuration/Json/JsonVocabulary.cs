using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>Every property the JSON configuration knows.</summary>
internal static partial class JsonVocabulary
{
    public static IReadOnlyList<JsonProperty> Document { get; } =
    [
        new("$schema", JsonPropertyType.Text),
        new("routerId", JsonPropertyType.Text),
        new("trackers", JsonPropertyType.TrackerList),
        new("static", JsonPropertyType.Static),
        new("syncGroups", JsonPropertyType.SyncGroupList),
        new("instances", JsonPropertyType.Instances) { Required = true },
    ];

    public static IReadOnlyList<JsonProperty> Instance { get; } =
    [
        new("name", JsonPropertyType.Text),
        new("interfaceName", JsonPropertyType.Text) { Required = true },
        new("virtualRouterId", JsonPropertyType.Integer) { Required = true, Minimum = 1, Maximum = 255 },
        new("addressFamily", JsonPropertyType.Enumeration) { Values = [nameof(AddressFamily.IPv4), nameof(AddressFamily.IPv6)] },
        new("virtualAddresses", JsonPropertyType.VirtualAddressList) { Required = true },
        new("virtualRoutes", JsonPropertyType.TextList),
        new("virtualRules", JsonPropertyType.TextList),
        new("version", JsonPropertyType.Integer) { Minimum = 2, Maximum = 3 },
        new("version2Compatibility", JsonPropertyType.Boolean),
        new("priority", JsonPropertyType.Integer) { Minimum = 1, Maximum = 255 },
        new("advertisementInterval", JsonPropertyType.Duration),
        new("downTimerAdverts", JsonPropertyType.Integer) { Minimum = 1, Maximum = 100 },
        new("ownerIgnoreAdverts", JsonPropertyType.Boolean),
        new("timerExpiredBackup", JsonPropertyType.Integer) { Minimum = 1, Maximum = 254 },
        new("preempt", JsonPropertyType.Boolean),
        new("preemptDelay", JsonPropertyType.Duration),
        new("startupDelay", JsonPropertyType.Duration),
        new("delayAfterBoot", JsonPropertyType.Duration),
        new("unicastPeers", JsonPropertyType.AddressList),
        new("requireUnicastPeer", JsonPropertyType.Boolean),
        new("unicastTimeToLive", JsonPropertyType.Integer) { Minimum = 1, Maximum = 255 },
        new("peerTimeToLive", JsonPropertyType.TextList),
        new("multicastGroup", JsonPropertyType.Address),
        new("virtualMac", JsonPropertyType.VirtualMac),
        new("answerLowerPriority", JsonPropertyType.Boolean),
        new("advertiseBeforeYielding", JsonPropertyType.Boolean),
        new("acceptMode", JsonPropertyType.Boolean),
        new("allowedPeers", JsonPropertyType.AddressList),
        new("sourceAddress", JsonPropertyType.Address),
        new("authenticationPass", JsonPropertyType.Text),
        new("authenticationPassFile", JsonPropertyType.Text) { ModelName = nameof(InstanceConfiguration.AuthenticationPass) },
        new("authenticationType", JsonPropertyType.Enumeration) { Values = ["PASS", "AH"] },
        new("hmac", JsonPropertyType.Hmac),
        new("checksumStyle", JsonPropertyType.Enumeration)
        {
            Values = [nameof(ChecksumStyle.Auto), nameof(ChecksumStyle.PseudoHeader), nameof(ChecksumStyle.Rfc9568), nameof(ChecksumStyle.Both)],
        },
        new("addressLease", JsonPropertyType.Duration),
        new("noAddressLease", JsonPropertyType.Boolean),
        new("networkNamespace", JsonPropertyType.Text),
        new("syncGroup", JsonPropertyType.Text),
        new("trackInterfaces", JsonPropertyType.TextList),
        new("trackers", JsonPropertyType.TrackerReferences),
        new("announcement", JsonPropertyType.Announcement),
        new("strict", JsonPropertyType.Boolean),
        new("strictAddressList", JsonPropertyType.Boolean),
        new("notification", JsonPropertyType.Notification),
    ];

    public static IReadOnlyList<JsonProperty> Static { get; } =
    [
        new("addresses", JsonPropertyType.VirtualAddressList),
        new("routes", JsonPropertyType.TextList),
        new("rules", JsonPropertyType.TextList),
        new("networkNamespace", JsonPropertyType.Text),
    ];

    /// <summary>A sync group; its members name it.</summary>
    public static IReadOnlyList<JsonProperty> SyncGroup { get; } =
    [
        new("name", JsonPropertyType.Text) { Required = true },
        new("trackInterfaces", JsonPropertyType.TextList),
        new("trackers", JsonPropertyType.TrackerReferences),
        new("trackingWeight", JsonPropertyType.Boolean),
        new("notification", JsonPropertyType.Notification),
    ];

    public static IReadOnlyList<JsonProperty> VirtualMac { get; } =
    [
        new("interfaceName", JsonPropertyType.Text),
        new("address", JsonPropertyType.Text),
        new("transmitFromBase", JsonPropertyType.Boolean),
    ];

    public static IReadOnlyList<JsonProperty> Hmac { get; } =
    [
        new("keys", JsonPropertyType.HmacKeyList) { Required = true },
        new("activeKey", JsonPropertyType.Integer) { Required = true, Minimum = 1, Maximum = 255 },
        new("mode", JsonPropertyType.Enumeration) { Values = ["enforce", "permissive", "receive-only"] },
        new("antiReplay", JsonPropertyType.Enumeration) { Values = ["time", "monotonic"] },
        new("timeWindow", JsonPropertyType.Duration),
    ];

    public static IReadOnlyList<JsonProperty> HmacKey { get; } =
    [
        new("id", JsonPropertyType.Integer) { Required = true, Minimum = 1, Maximum = 255 },
        new("key", JsonPropertyType.Text),
        new("keyFile", JsonPropertyType.Text),
    ];

    public static IReadOnlyList<JsonProperty> Announcement { get; } =
    [
        new("repeatAfter", JsonPropertyType.DurationList),
        new("copies", JsonPropertyType.Integer) { Minimum = 1, Maximum = 100 },
        new("lowerPriorityCopies", JsonPropertyType.Integer) { Minimum = 0, Maximum = 100 },
        new("lowerPriorityDelay", JsonPropertyType.Duration),
        new("refreshInterval", JsonPropertyType.Duration),
        new("refreshRepeat", JsonPropertyType.Integer) { Minimum = 1, Maximum = 10 },
        new("spacing", JsonPropertyType.Duration),
    ];

    /// <summary>A tracker; exactly one of the first seven behind the name says what it looks at.</summary>
    public static IReadOnlyList<JsonProperty> Tracker { get; } =
    [
        new("name", JsonPropertyType.Text),
        new("tcp", JsonPropertyType.Text),
        new("http", JsonPropertyType.Text),
        new("ping", JsonPropertyType.Address),
        new("interface", JsonPropertyType.Text),
        new("script", JsonPropertyType.TextList),
        new("process", JsonPropertyType.Text),
        new("file", JsonPropertyType.Text),
        new("expectStatus", JsonPropertyType.Text),
        new("expectBody", JsonPropertyType.Text),
        new("skipCertificateCheck", JsonPropertyType.Boolean),
        new("user", JsonPropertyType.Text),
        new("requireSafeProgram", JsonPropertyType.Boolean),
        new("quorum", JsonPropertyType.Integer) { Minimum = 0, Maximum = 65535 },
        new("quorumMaximum", JsonPropertyType.Integer) { Minimum = 0, Maximum = 65535 },
        new("fullCommand", JsonPropertyType.Boolean),
        new("arguments", JsonPropertyType.TextList),
        new("argumentMatch", JsonPropertyType.Enumeration)
        {
            Values = [nameof(ArgumentMatch.None), nameof(ArgumentMatch.Exact), nameof(ArgumentMatch.Initial), nameof(ArgumentMatch.Partial)],
        },
        new("forkDelay", JsonPropertyType.Duration),
        new("terminateDelay", JsonPropertyType.Duration),
        new("interval", JsonPropertyType.Duration),
        new("timeout", JsonPropertyType.Duration),
        new("rise", JsonPropertyType.Integer) { Minimum = 1, Maximum = 1000 },
        new("fall", JsonPropertyType.Integer) { Minimum = 1, Maximum = 1000 },
        new("weight", JsonPropertyType.Integer) { Minimum = -TrackerConfiguration.MaxWeight, Maximum = TrackerConfiguration.MaxWeight },
        new("reverse", JsonPropertyType.Boolean),
        new("initialState", JsonPropertyType.Enumeration)
        {
            Values = [nameof(TrackerStatus.Unknown), nameof(TrackerStatus.Up), nameof(TrackerStatus.Down)],
        },
    ];

    public static IReadOnlyList<JsonProperty> VirtualAddress { get; } =
    [
        new("address", JsonPropertyType.PrefixedAddress) { Required = true },
        new("advertised", JsonPropertyType.Boolean),
        new("interfaceName", JsonPropertyType.Text),
        new("label", JsonPropertyType.Text),
        new("broadcast", JsonPropertyType.Text),
        new("scope", JsonPropertyType.Text),
        new("peer", JsonPropertyType.Text),
        new("skipAsSource", JsonPropertyType.Boolean),
        new("noPrefixRoute", JsonPropertyType.Boolean),
        new("homeAddress", JsonPropertyType.Boolean),
        new("noTrack", JsonPropertyType.Boolean),
    ];
}
