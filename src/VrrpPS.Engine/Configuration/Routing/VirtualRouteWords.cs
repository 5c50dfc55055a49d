using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VrrpPS.Engine.Configuration.Addresses;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Routing;

/// <summary>Reads a route in the words of <c>ip route add</c> and of keepalived, in any order.</summary>
internal static class VirtualRouteWords
{
    private static readonly string[] s_withValue =
        ["via", "dev", "oif", "src", "from-src", "table", "metric", "preference", "priority", "scope", "mtu", "to", "weight"];

    private static readonly string[] s_flags = ["default", "onlink", "no_track", "nexthop", "blackhole", "unreachable", "prohibit", "throw", "inet", "inet6"];

    /// <summary>Reads the words of one route; <paramref name="at"/> is the index of the one to blame.</summary>
    public static bool TryRead(
        IReadOnlyList<string> words, [NotNullWhen(true)] out VirtualRoute? route, [NotNullWhen(false)] out VrrpException? error, out int at)
    {
        var draft = new VirtualRoute { Destination = default };
        var hops = new List<RouteNextHop>();
        string text = string.Join(' ', words);
        bool isDefault = false;
        route = null;
        error = null;
        at = 0;
        for (int i = 0; i < words.Count; i++)
        {
            at = i;
            string word = words[i];
            string? reason;
            if (Array.IndexOf(s_withValue, word) >= 0)
            {
                // The family that iproute2 lets one write before an address says nothing that the address does not.
                int skipped = word == "via" && i + 1 < words.Count && words[i + 1] is "inet" or "inet6" ? 1 : 0;
                i += 1 + skipped;
                reason = i >= words.Count ? $"'{word}' needs a value behind it." : TakeValue(word, words[i], ref draft, hops, ref isDefault);
            }
            else
            {
                reason = TakeFlag(word, ref draft, hops, ref isDefault);
            }

            if (reason is not null)
            {
                error = VrrpErrors.InvalidRoute(text, reason);
                return false;
            }
        }

        draft = draft with { NextHops = hops.ToVrrpList() };
        if (isDefault)
        {
            var family = (draft.Gateway ?? draft.Source ?? hops.Find(static hop => hop.Gateway is not null)?.Gateway)?.Family;
            draft = draft with { Destination = NetworkPrefix.All(family ?? (words.Contains("inet6") ? AddressFamily.IPv6 : AddressFamily.IPv4)) };
        }

        at = 0;
        if (draft.Destination.Address.IsNone)
        {
            error = VrrpErrors.InvalidRoute(text, "it leads nowhere. Name a network, such as 10.0.0.0/8, or default.");
            return false;
        }

        route = draft;
        return true;
    }

    /// <summary>The word for a kind.</summary>
    public static string KindWord(RouteKind kind) => kind switch
    {
        RouteKind.Blackhole => "blackhole",
        RouteKind.Unreachable => "unreachable",
        RouteKind.Prohibit => "prohibit",
        RouteKind.Throw => "throw",
        _ => "unicast",
    };

    private static string? TakeValue(string word, string value, ref VirtualRoute route, List<RouteNextHop> hops, ref bool isDefault)
    {
        switch (word)
        {
            case "via" when InetAddress.TryParse(value, out var gateway):
                if (hops.Count > 0)
                {
                    hops[^1] = hops[^1] with { Gateway = gateway };
                }

                route = hops.Count > 0 ? route : route with { Gateway = gateway };
                return null;
            case "dev" or "oif":
                if (hops.Count > 0)
                {
                    hops[^1] = hops[^1] with { InterfaceName = value };
                }

                route = hops.Count > 0 ? route : route with { InterfaceName = value };
                return null;
            case "weight" when hops.Count > 0 && TryNumber(value, out uint weight) && weight is >= 1 and <= 256:
                hops[^1] = hops[^1] with { Weight = (int)weight };
                return null;
            case "weight":
                return $"a weight of '{value}' is none. Behind a nexthop, write 1 to 256.";
            case "src" or "from-src" when InetAddress.TryParse(value, out var source):
                route = route with { Source = source };
                return null;
            case "table" when RouteTable.TryParse(value, out uint table):
                route = route with { Table = table };
                return null;
            case "table":
                return $"'{value}' is no table. Write its number, or main, default or local: other names are a matter of this host's rt_tables.";
            case "metric" or "preference" or "priority" when TryNumber(value, out uint metric):
                route = route with { Metric = metric };
                return null;
            case "scope" when AddressScope.TryParse(value, out byte scope):
                route = route with { Scope = scope };
                return null;
            case "mtu" when TryNumber(value, out uint mtu) && mtu > 0:
                route = route with { Mtu = mtu };
                return null;
            case "to":
                return TakeDestination(value, ref route, ref isDefault);
            default:
                return $"'{word}' cannot be '{value}'.";
        }
    }

    private static string? TakeFlag(string word, ref VirtualRoute route, List<RouteNextHop> hops, ref bool isDefault)
    {
        switch (word)
        {
            case "nexthop":
                hops.Add(new RouteNextHop());
                return null;
            case "onlink" when hops.Count > 0:
                hops[^1] = hops[^1] with { OnLink = true };
                return null;
            case "onlink":
                route = route with { OnLink = true };
                return null;
            case "no_track":
                route = route with { NoTrack = true };
                return null;
            case "blackhole" or "unreachable" or "prohibit" or "throw" or "unicast":
                route = route with
                {
                    Kind = word switch
                    {
                        "blackhole" => RouteKind.Blackhole,
                        "unreachable" => RouteKind.Unreachable,
                        "prohibit" => RouteKind.Prohibit,
                        "throw" => RouteKind.Throw,
                        _ => RouteKind.Unicast,
                    },
                };
                return null;
            case "inet" or "inet6":
                return null;
            case "proto" or "protocol":
                return "routes of a Master carry this product's own protocol number, by which they are found again. Leave it out.";
            default:
                return TakeDestination(word, ref route, ref isDefault);
        }
    }

    private static string? TakeDestination(string word, ref VirtualRoute route, ref bool isDefault)
    {
        if (isDefault || !route.Destination.Address.IsNone)
        {
            return $"there is no option '{word}'.{NameSuggestion.Hint(word, s_withValue.Concat(s_flags))}";
        }

        if (word is "default" or "any")
        {
            isDefault = true;
            return null;
        }

        if (!NetworkPrefix.TryParse(word, out var prefix))
        {
            return $"there is no network and no option '{word}'.{NameSuggestion.Hint(word, s_withValue.Concat(s_flags))}";
        }

        route = route with { Destination = prefix };
        return null;
    }

    private static bool TryNumber(string text, out uint number) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
