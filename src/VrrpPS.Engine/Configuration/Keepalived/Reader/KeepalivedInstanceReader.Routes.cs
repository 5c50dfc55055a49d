using VrrpPS.Engine.Configuration.Routing;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>Routes and rules of a Master.</content>
internal sealed partial class KeepalivedInstanceReader
{
    /// <summary>What keepalived knows of routes and rules beyond what is carried over; a line with one of these would mean something else without it.</summary>
    private static readonly HashSet<string> s_uncarried = new(
        ("tos dsfield realms hoplimit advmss rtt rttvar reordering window cwnd ssthresh rto_min initcwnd initrwnd quickack congctl features pref expires "
        + "fastopen_no_cookie ttl-propagate encap as or nat lock proto protocol "
        + "goto realms ipproto ip-proto sport dport uidrange l3mdev tun_id suppress_ifgroup nop type").Split(' '),
        StringComparer.Ordinal);

    private readonly List<VirtualRoute> _routes = [];
    private readonly List<VirtualRule> _rules = [];

    private void TakeRoutes(KeepalivedStatement block)
    {
        _positions.TryAdd(nameof(InstanceConfiguration.VirtualRoutes), block.At);
        foreach (var s in block.Block!.Statements)
        {
            if (RefuseBlock(s) || IsUncarried(s, "route"))
            {
                continue;
            }

            if (VirtualRouteWords.TryRead(Texts(s), out var route, out var error, out int at))
            {
                _routes.Add(route);
            }
            else
            {
                diagnostics.Error(s.Words[at].At, error.ErrorId, $"{_name}: {error.Message}");
            }
        }
    }

    private void TakeRules(KeepalivedStatement block)
    {
        _positions.TryAdd(nameof(InstanceConfiguration.VirtualRules), block.At);
        foreach (var s in block.Block!.Statements)
        {
            if (RefuseBlock(s) || IsUncarried(s, "rule"))
            {
                continue;
            }

            if (VirtualRuleWords.TryRead(Texts(s), out var rule, out var error, out int at))
            {
                _rules.Add(rule);
            }
            else
            {
                diagnostics.Error(s.Words[at].At, error.ErrorId, $"{_name}: {error.Message}");
            }
        }
    }

    /// <summary>Whether a word of a route or a rule is one that is not carried over.</summary>
    internal static bool IsUncarriedWord(string word) => s_uncarried.Contains(word);

    private static string[] Texts(KeepalivedStatement s) => [.. s.Words.Select(static word => word.Text)];

    /// <summary>A line that says more than can be carried over is left out as a whole, by name.</summary>
    private bool IsUncarried(KeepalivedStatement s, string what)
    {
        foreach (var word in s.Words)
        {
            if (s_uncarried.Contains(word.Text))
            {
                diagnostics.Loss(word.At, $"{_name}: a {what} with '{word.Text}' is not carried over and changes the {what}s of a Master: the line is left out. Configure it with the system's network tool.");
                return true;
            }
        }

        return false;
    }
}
