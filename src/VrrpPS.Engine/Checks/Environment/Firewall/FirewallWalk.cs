using System.Text.Json;

namespace VrrpPS.Engine.Checks.Environment.Firewall;

/// <summary>Takes one advertisement through a chain and those it jumps to.</summary>
internal sealed class FirewallWalk(FirewallPacket packet, Func<string, FirewallChain?> find)
{
    private const int DeepestJump = 16;

    private enum Outcome
    {
        FallThrough,
        Accept,
        Drop,
        Maybe,
        Return,
    }

    /// <summary>What the chain that the kernel calls does.</summary>
    public PacketVerdict Walk(FirewallChain chain) => Walk(chain, 0) switch
    {
        Outcome.Drop => PacketVerdict.Drop,
        Outcome.Maybe => PacketVerdict.Maybe,
        Outcome.FallThrough when chain.DropsByDefault => PacketVerdict.Drop,
        _ => PacketVerdict.Pass,
    };

    private Outcome Walk(FirewallChain chain, int depth)
    {
        bool mayDrop = false;
        bool mayAccept = false;
        foreach (var rule in chain.Rules)
        {
            var (match, outcome) = Try(rule, depth);
            if (match == MatchResult.No || outcome == Outcome.FallThrough)
            {
                continue;
            }

            if (outcome == Outcome.Return)
            {
                if (match == MatchResult.Yes)
                {
                    break;
                }

                mayAccept = true;
                continue;
            }

            if (match == MatchResult.Yes && outcome != Outcome.Maybe)
            {
                bool certain = outcome == Outcome.Drop ? !mayAccept : !mayDrop;
                return certain ? outcome : Outcome.Maybe;
            }

            mayDrop |= outcome is Outcome.Drop or Outcome.Maybe;
            mayAccept |= outcome is Outcome.Accept or Outcome.Maybe;
        }

        // Nothing certain happened here: a default of dropping may have been escaped, one of accepting may not be reached.
        return (mayDrop, mayAccept, chain.DropsByDefault) switch
        {
            (true, _, false) => Outcome.Maybe,
            (_, true, true) => Outcome.Maybe,
            (true, false, true) => Outcome.Drop,
            (false, true, false) when chain.Hook.Length == 0 => Outcome.Maybe,
            _ => Outcome.FallThrough,
        };
    }

    private (MatchResult Match, Outcome Outcome) Try(JsonElement expressions, int depth)
    {
        var match = MatchResult.Yes;
        foreach (var expression in expressions.EnumerateArray().SelectMany(static item => item.EnumerateObject()))
        {
            switch (expression.Name)
            {
                case "match":
                    match = And(match, FirewallMatch.Try(expression.Value, packet));
                    break;
                case "drop" or "reject":
                    return (match, Outcome.Drop);
                case "accept":
                    return (match, Outcome.Accept);
                case "return":
                    return (match, Outcome.Return);
                case "jump" or "goto":
                    return (match, match == MatchResult.No ? Outcome.FallThrough : Jump(expression.Value, depth));
                case "vmap":
                    match = And(match, FirewallMatch.IsConnectionState(expression.Value) ? MatchResult.No : MatchResult.Unknown);
                    return (match, Outcome.Maybe);
                case "limit" or "xt" or "quota" or "ct count":
                    match = And(match, MatchResult.Unknown);
                    break;
            }
        }

        return (match, Outcome.FallThrough);
    }

    private Outcome Jump(JsonElement target, int depth)
        => depth < DeepestJump && target.TryGetProperty("target", out var name) && find(name.ToString()) is { } chain ? Walk(chain, depth + 1) : Outcome.FallThrough;

    private static MatchResult And(MatchResult left, MatchResult right) => (MatchResult)Math.Min((int)left, (int)right);
}
