using VrrpPS.Engine.Configuration.Addresses;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Configuration.Static;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The top level's <c>static_ipaddress</c>, <c>static_routes</c> and <c>static_rules</c>: what the node has whoever is Master.</summary>
internal sealed class KeepalivedStatic(KeepalivedGlobals globals, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, SourcePosition> _positions = [];
    private readonly List<VirtualAddress> _addresses = [];
    private readonly List<VirtualRoute> _routes = [];
    private readonly List<VirtualRule> _rules = [];

    /// <summary>Takes a statement of the top level, if it is one of the three. After global_defs: the default interface may stand there.</summary>
    public void Take(KeepalivedStatement block)
    {
        switch (block.Keyword)
        {
            case "static_ipaddress":
                _positions.TryAdd(nameof(StaticConfiguration.Addresses), block.At);
                Each(block, TakeAddress);
                break;
            case "static_routes":
                _positions.TryAdd(nameof(StaticConfiguration.Routes), block.At);
                Each(block, TakeRoute);
                break;
            case "static_rules":
                _positions.TryAdd(nameof(StaticConfiguration.Rules), block.At);
                Each(block, TakeRule);
                break;
            default:
                break;
        }
    }

    /// <summary>What was taken; null when none of the blocks was there.</summary>
    public LocatedStatic? ToStatic() => _positions.Count == 0
        ? null
        : new LocatedStatic(
            new StaticConfiguration
            {
                Addresses = _addresses.ToVrrpList(),
                Routes = _routes.ToVrrpList(),
                Rules = _rules.ToVrrpList(),
                NetworkNamespace = globals.NetworkNamespace,
            },
            _positions.Values.First())
        {
            Properties = _positions,
        };

    private void Each(KeepalivedStatement block, Action<KeepalivedStatement, KeepalivedWord[]> take)
    {
        foreach (var line in block.Block!.Statements)
        {
            if (line.Block is { } inner)
            {
                diagnostics.Error(inner.Open, ConfigurationCodes.Syntax, $"A line of '{block.Keyword}' takes no block. Remove the braces.");
            }
            else if (Kept(line) is { } words)
            {
                take(line, words);
            }
        }
    }

    /// <summary>The words that mean something here; null when the line is left out, which is reported.</summary>
    private KeepalivedWord[]? Kept(KeepalivedStatement line)
    {
        var kept = new List<KeepalivedWord>();
        for (int i = 0; i < line.Words.Count; i++)
        {
            var word = line.Words[i];
            if (i > 0 && word.Text == "track_group")
            {
                diagnostics.Loss(word.At, "'track_group' is not carried over and changes the election: an instance of the group faults there when this is lost.");
                i++;
            }
            else
            {
                kept.Add(word);
            }
        }

        return kept.Count > 0 ? [.. kept] : null;
    }

    private void TakeAddress(KeepalivedStatement line, KeepalivedWord[] words)
    {
        if (Array.Find(words, static word => word.Text is "mngtmpaddr" or "autojoin" or "use_vmac") is { Text: { } option } unsupported)
        {
            diagnostics.Loss(unsupported.At, $"A static address with '{option}' is not carried over and changes the addresses: the line is left out. Configure it with the system's network tool.");
            return;
        }

        if (VirtualAddressWords.TryRead(Texts(words), out var address, out var error, out int at))
        {
            _addresses.Add(address.InterfaceName is null ? address with { InterfaceName = globals.DefaultInterface } : address);
            return;
        }

        diagnostics.Error(words[at].At, error.ErrorId, error.Message);
    }

    private void TakeRoute(KeepalivedStatement line, KeepalivedWord[] words)
    {
        if (IsUncarried(words, "route"))
        {
            return;
        }

        if (VirtualRouteWords.TryRead(Texts(words), out var route, out var error, out int at))
        {
            _routes.Add(route);
            return;
        }

        diagnostics.Error(words[at].At, error.ErrorId, error.Message);
    }

    private void TakeRule(KeepalivedStatement line, KeepalivedWord[] words)
    {
        if (IsUncarried(words, "rule"))
        {
            return;
        }

        if (VirtualRuleWords.TryRead(Texts(words), out var rule, out var error, out int at))
        {
            _rules.Add(rule);
            return;
        }

        diagnostics.Error(words[at].At, error.ErrorId, error.Message);
    }

    /// <summary>A line that says more than can be carried over is left out as a whole, by name.</summary>
    private bool IsUncarried(KeepalivedWord[] words, string what)
    {
        foreach (var word in words)
        {
            if (KeepalivedInstanceReader.IsUncarriedWord(word.Text))
            {
                diagnostics.Loss(word.At, $"A static {what} with '{word.Text}' is not carried over and changes the {what}s of this node: the line is left out. Configure it with the system's network tool.");
                return true;
            }
        }

        return false;
    }

    private static string[] Texts(KeepalivedWord[] words) => [.. words.Select(static word => word.Text)];
}
