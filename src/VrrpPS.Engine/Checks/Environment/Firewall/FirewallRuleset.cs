using System.Text.Json;

namespace VrrpPS.Engine.Checks.Environment.Firewall;

/// <summary>
/// The nftables rules of one network namespace (those of iptables in its present form are among them), asked what becomes of an
/// advertisement. What cannot be told beforehand, such as a rate, is told as such.
/// </summary>
internal sealed class FirewallRuleset
{
    private readonly List<FirewallChain> _chains = [];

    private FirewallRuleset()
    {
    }

    /// <summary>Reads what <c>nft -j list ruleset</c> prints.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static FirewallRuleset Parse(string json)
    {
        var ruleset = new FirewallRuleset();
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("nftables", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return ruleset;
        }

        foreach (var item in items.EnumerateArray().Where(static item => !IsOurs(item)))
        {
            if (item.TryGetProperty("chain", out var chain))
            {
                ruleset._chains.Add(new FirewallChain(
                    Text(chain, "family"), Text(chain, "table"), Text(chain, "name"), Text(chain, "hook"), Devices(chain), Text(chain, "policy") == "drop"));
            }
            else if (item.TryGetProperty("rule", out var rule) && rule.TryGetProperty("expr", out var expressions))
            {
                ruleset.Find(Text(rule, "family"), Text(rule, "table"), Text(rule, "chain"))?.Rules.Add(expressions.Clone());
            }
        }

        return ruleset;
    }

    /// <summary>What the chains of some hooks do with an advertisement, and which chain does it.</summary>
    public (PacketVerdict Verdict, FirewallChain? Chain) Ask(FirewallPacket packet, params ReadOnlySpan<string> hooks)
    {
        var worst = (Verdict: PacketVerdict.Pass, Chain: (FirewallChain?)null);
        foreach (var chain in _chains)
        {
            if (hooks.Contains(chain.Hook) && Concerns(chain, packet))
            {
                var verdict = new FirewallWalk(packet, name => Find(chain.Family, chain.Table, name)).Walk(chain);

                // Older nft does not tell which interfaces such a chain is for: it may be another one's.
                verdict = chain is { Family: "netdev", Devices.Count: 0 } && verdict == PacketVerdict.Drop ? PacketVerdict.Maybe : verdict;
                worst = verdict > worst.Verdict ? (verdict, chain) : worst;
            }
        }

        return worst;
    }

    /// <summary>What an engine refuses for accept mode off is sent to virtual addresses, as no advertisement is.</summary>
    private static bool IsOurs(JsonElement item) => item.EnumerateObject().Any(static part =>
        part.Value.ValueKind == JsonValueKind.Object && Text(part.Value, "table").StartsWith(Linux.Netfilter.RefusalTable.NamePrefix, StringComparison.Ordinal));

    private static bool Concerns(FirewallChain chain, FirewallPacket packet) => chain.Family switch
    {
        "inet" => true,
        "ip" => !packet.IsIPv6,
        "ip6" => packet.IsIPv6,
        "netdev" => chain.Devices.Count == 0 || chain.Devices.Contains(packet.InterfaceName, StringComparer.Ordinal),
        _ => false,
    };

    private static string Text(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private static string[] Devices(JsonElement chain) => chain.TryGetProperty("dev", out var devices)
        ? devices.ValueKind == JsonValueKind.Array ? [.. devices.EnumerateArray().Select(static device => device.ToString())] : [devices.ToString()]
        : [];

    private FirewallChain? Find(string family, string table, string name)
        => _chains.Find(chain => chain.Family == family && chain.Table == table && chain.Name == name);
}
