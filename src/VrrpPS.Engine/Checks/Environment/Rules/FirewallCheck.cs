using VrrpPS.Engine.Checks.Environment.Facts;
using VrrpPS.Engine.Checks.Environment.Firewall;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>
/// Which rules are bypassed and which stop us: multicast is received and sent on packet sockets, beside the hooks of the IP stack;
/// unicast is sent through them. A netdev chain sits before everything.
/// </summary>
internal sealed class FirewallCheck : IEnvironmentCheck
{
    private static readonly string[] s_input = ["prerouting", "input"];
    private static readonly string[] s_output = ["output", "postrouting"];

    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
        => facts.Firewall is { } rules ? facts.Interfaces.SelectMany(found => Look(found.Name, rules, facts.Options.UnicastPeers)) : [];

    private static IEnumerable<VrrpFinding> Look(string name, FirewallRuleset rules, VrrpList<InetAddress> peers)
    {
        InetAddress[] groups = [InetAddress.VrrpGroupV4, InetAddress.VrrpGroupV6];
        if (Worst(rules, name, groups, isOutgoing: false, s_input) is { } received)
        {
            yield return Finding.Information(
                FindingCodes.FirewallInputBypassed,
                name,
                $"The chain {received.Chain} {Does(received.Verdict)} advertisements that arrive on {name}. They are heard all the same, since a local firewall must not split the cluster; keepalived would not hear them.",
                "To hear certain peers only, use -AllowedPeer. To let others hear them: nft add rule inet filter input ip protocol vrrp accept.");
        }

        if (Worst(rules, name, peers.Count > 0 ? peers : groups, isOutgoing: true, s_output) is { } sent)
        {
            yield return Finding.Error(
                FindingCodes.FirewallStopsSending,
                name,
                $"The chain {sent.Chain} {Does(sent.Verdict)} advertisements that leave by {name}: a unicast advertisement fails with EPERM, and the instance is in Fault.",
                "Accept protocol 112 there: nft add rule inet filter output ip protocol vrrp accept.") with
            {
                // Multicast goes out on a packet socket, which these hooks do not see.
                Severity = peers.Count > 0 ? VrrpFindingSeverity.Error : VrrpFindingSeverity.Information,
            };
        }

        foreach (var (isOutgoing, hook) in new[] { (false, "ingress"), (true, "egress") })
        {
            if (Worst(rules, name, groups, isOutgoing, hook) is { } stopped)
            {
                yield return Finding.Error(
                    FindingCodes.FirewallStopsFrames,
                    name,
                    $"The chain {stopped.Chain} {Does(stopped.Verdict)} advertisements on {name} before anybody sees them: both nodes become Master.",
                    "Accept IP protocol 112 in that chain.");
            }
        }
    }

    private static (PacketVerdict Verdict, FirewallChain Chain)? Worst(
        FirewallRuleset rules, string name, IReadOnlyList<InetAddress> destinations, bool isOutgoing, params string[] hooks)
    {
        var (verdict, chain) = destinations.Select(destination => rules.Ask(new FirewallPacket(name, destination, isOutgoing), hooks)).MaxBy(static answer => answer.Verdict);
        return chain is null || verdict == PacketVerdict.Pass ? null : (verdict, chain);
    }

    private static string Does(PacketVerdict verdict) => verdict == PacketVerdict.Drop ? "drops" : "may drop";
}
