using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>Every property the JSON configuration knows.</summary>
internal static class JsonVocabulary
{
    public static IReadOnlyList<JsonProperty> Document { get; } =
    [
        new("$schema", JsonPropertyType.Text),
        new("routerId", JsonPropertyType.Text),
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
        new("priority", JsonPropertyType.Integer) { Minimum = 1, Maximum = 255 },
        new("advertisementInterval", JsonPropertyType.Duration),
        new("preempt", JsonPropertyType.Boolean),
        new("preemptDelay", JsonPropertyType.Duration),
        new("startupDelay", JsonPropertyType.Duration),
        new("unicastPeers", JsonPropertyType.AddressList),
        new("unicastTimeToLive", JsonPropertyType.Integer) { Minimum = 1, Maximum = 255 },
        new("peerTimeToLive", JsonPropertyType.TextList),
        new("multicastGroup", JsonPropertyType.Address),
        new("answerLowerPriority", JsonPropertyType.Boolean),
        new("advertiseBeforeYielding", JsonPropertyType.Boolean),
        new("allowedPeers", JsonPropertyType.AddressList),
        new("sourceAddress", JsonPropertyType.Address),
        new("authenticationPass", JsonPropertyType.Text),
        new("authenticationPassFile", JsonPropertyType.Text) { ModelName = nameof(InstanceConfiguration.AuthenticationPass) },
        new("checksumStyle", JsonPropertyType.Enumeration)
        {
            Values = [nameof(ChecksumStyle.Auto), nameof(ChecksumStyle.PseudoHeader), nameof(ChecksumStyle.Rfc9568), nameof(ChecksumStyle.Both)],
        },
        new("addressLease", JsonPropertyType.Duration),
        new("noAddressLease", JsonPropertyType.Boolean),
        new("networkNamespace", JsonPropertyType.Text),
        new("trackInterfaces", JsonPropertyType.TextList),
        new("announcement", JsonPropertyType.Announcement),
        new("strict", JsonPropertyType.Boolean),
        new("strictAddressList", JsonPropertyType.Boolean),
    ];

    public static IReadOnlyList<JsonProperty> Announcement { get; } =
    [
        new("repeatAfter", JsonPropertyType.DurationList),
        new("refreshInterval", JsonPropertyType.Duration),
        new("refreshRepeat", JsonPropertyType.Integer) { Minimum = 1, Maximum = 10 },
        new("spacing", JsonPropertyType.Duration),
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
