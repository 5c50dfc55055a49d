using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Environment.Firewall;

/// <summary>Tries one condition of a rule with an advertisement: protocol 112, nearly always of no known connection.</summary>
internal static class FirewallMatch
{
    private const string VrrpNumber = "112";

    /// <summary>Tries nft's <c>match</c>.</summary>
    public static MatchResult Try(JsonElement match, FirewallPacket packet)
    {
        if (!match.TryGetProperty("left", out var left) || !match.TryGetProperty("right", out var right) || !match.TryGetProperty("op", out var op))
        {
            return MatchResult.Unknown;
        }

        var result = IsConnectionState(left) ? Contains(right, "new") : Compare(left, right, packet);
        return (op.ToString(), result) switch
        {
            ("==" or "in", _) => result,
            ("!=", MatchResult.Yes) => MatchResult.No,
            ("!=", MatchResult.No) => MatchResult.Yes,
            _ => MatchResult.Unknown,
        };
    }

    /// <summary>Whether something is chosen by the state of the connection, which is new for an advertisement.</summary>
    public static bool IsConnectionState(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.Object)
        {
            element = key;
        }

        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty("ct", out var ct) && ct.TryGetProperty("key", out var name) && name.ToString() == "state";
    }

    private static MatchResult Compare(JsonElement left, JsonElement right, FirewallPacket packet)
    {
        if (left.TryGetProperty("meta", out var meta) && meta.TryGetProperty("key", out var key))
        {
            return Meta(key.ToString(), right, packet);
        }

        return left.TryGetProperty("payload", out var payload) && payload.TryGetProperty("protocol", out var protocol) && payload.TryGetProperty("field", out var field)
            ? Payload(protocol.ToString(), field.ToString(), right, packet)
            : MatchResult.Unknown;
    }

    private static MatchResult Meta(string key, JsonElement right, FirewallPacket packet) => key switch
    {
        "l4proto" => Contains(right, "vrrp", VrrpNumber),
        "nfproto" => Contains(right, packet.IsIPv6 ? "ipv6" : "ipv4"),
        "protocol" => Contains(right, packet.IsIPv6 ? "ip6" : "ip"),
        "iifname" or "iif" => packet.IsOutgoing ? MatchResult.No : Contains(right, packet.InterfaceName),
        "oifname" or "oif" => packet.IsOutgoing ? Contains(right, packet.InterfaceName) : MatchResult.No,
        "pkttype" => packet.Destination.IsMulticast ? Contains(right, "multicast") : Contains(right, "host", "unicast"),
        _ => MatchResult.Unknown,
    };

    private static MatchResult Payload(string protocol, string field, JsonElement right, FirewallPacket packet) => (protocol, field) switch
    {
        ("ip", _) when packet.IsIPv6 => MatchResult.No,
        ("ip6", _) when !packet.IsIPv6 => MatchResult.No,
        ("ip", "protocol") or ("ip6", "nexthdr") => Contains(right, "vrrp", VrrpNumber),
        ("ip" or "ip6", "daddr") => Address(right, packet.Destination),
        ("ip" or "ip6" or "ether", _) => MatchResult.Unknown,
        _ => MatchResult.No,
    };

    private static MatchResult Address(JsonElement right, InetAddress address) => right.ValueKind switch
    {
        JsonValueKind.String when right.GetString() is ['@', ..] => MatchResult.Unknown,
        JsonValueKind.String => InetAddress.TryParse(right.GetString(), out var other) ? Result(other == address) : MatchResult.Unknown,
        JsonValueKind.Object when right.TryGetProperty("set", out var set) => Any(set, item => Address(item, address)),
        JsonValueKind.Object when right.TryGetProperty("prefix", out var prefix)
            && InetAddress.TryParse(prefix.GetProperty("addr").ToString(), out var network) => Result(address.IsInSameSubnet(network, prefix.GetProperty("len").GetInt32())),
        _ => MatchResult.Unknown,
    };

    private static MatchResult Contains(JsonElement right, params string[] values) => right.ValueKind switch
    {
        JsonValueKind.String when right.GetString() is ['@', ..] => MatchResult.Unknown,
        JsonValueKind.String => Result(values.Any(value => FileSystemName.MatchesSimpleExpression(right.GetString(), value, ignoreCase: false))),
        JsonValueKind.Number => Result(values.Contains(right.GetRawText(), StringComparer.Ordinal)),
        JsonValueKind.Array => Any(right, item => Contains(item, values)),
        JsonValueKind.Object when right.TryGetProperty("set", out var set) => Any(set, item => Contains(item, values)),
        JsonValueKind.Object when right.TryGetProperty("range", out var range) => InRange(range, values),
        _ => MatchResult.Unknown,
    };

    private static MatchResult InRange(JsonElement range, string[] values)
        => range.GetArrayLength() == 2 && range[0].TryGetInt64(out long low) && range[1].TryGetInt64(out long high)
            ? Result(values.Any(value => long.TryParse(value, CultureInfo.InvariantCulture, out long number) && number >= low && number <= high))
            : MatchResult.Unknown;

    private static MatchResult Any(JsonElement items, Func<JsonElement, MatchResult> test)
        => items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Select(test).DefaultIfEmpty(MatchResult.No).Max() : test(items);

    private static MatchResult Result(bool holds) => holds ? MatchResult.Yes : MatchResult.No;
}
