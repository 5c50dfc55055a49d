using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Routing;

/// <summary>Reads a rule in the words of <c>ip rule add</c> and of keepalived.</summary>
internal static class VirtualRuleWords
{
    private static readonly string[] s_withValue =
        ["from", "to", "iif", "dev", "oif", "fwmark", "table", "lookup", "priority", "preference", "order", "suppress_prefixlength"];

    private static readonly string[] s_flags = ["not", "blackhole", "unreachable", "prohibit", "no_track", "inet", "inet6"];

    /// <summary>Reads the words of one rule; <paramref name="at"/> is the index of the one to blame.</summary>
    public static bool TryRead(
        IReadOnlyList<string> words, [NotNullWhen(true)] out VirtualRule? rule, [NotNullWhen(false)] out VrrpException? error, out int at)
    {
        var draft = new VirtualRule();
        string text = string.Join(' ', words);
        bool hasAction = false;
        rule = null;
        error = null;
        at = 0;
        string? reason = null;
        for (int i = 0; i < words.Count && reason is null; i++)
        {
            at = i;
            string word = words[i];
            hasAction |= word is "table" or "lookup" or "blackhole" or "unreachable" or "prohibit";
            if (Array.IndexOf(s_withValue, word) < 0)
            {
                reason = TakeFlag(word, ref draft);
            }
            else
            {
                reason = ++i >= words.Count ? $"'{word}' needs a value behind it." : TakeValue(word, words[i], ref draft);
            }
        }

        if (reason is null && !hasAction)
        {
            at = 0;
            reason = "it says nothing to do. Name a table, such as table 100, or blackhole, unreachable or prohibit.";
        }

        if (reason is not null)
        {
            error = VrrpErrors.InvalidRule(text, reason);
            return false;
        }

        var family = draft.From?.Address.Family ?? draft.To?.Address.Family ?? (words.Contains("inet6") ? AddressFamily.IPv6 : AddressFamily.IPv4);
        rule = draft with { Family = family };
        return true;
    }

    private static string? TakeValue(string word, string value, ref VirtualRule rule)
    {
        switch (word)
        {
            case "from" or "to" when value is "all" or "any" or "default":
                return null;
            case "from" when NetworkPrefix.TryParse(value, out var from):
                rule = rule with { From = from };
                return null;
            case "to" when NetworkPrefix.TryParse(value, out var to):
                rule = rule with { To = to };
                return null;
            case "iif" or "dev":
                rule = rule with { InputInterface = value };
                return null;
            case "oif":
                rule = rule with { OutputInterface = value };
                return null;
            case "fwmark":
                return TakeMark(value, ref rule);
            case "table" or "lookup" when RouteTable.TryParse(value, out uint table):
                rule = rule with { Table = table };
                return null;
            case "table" or "lookup":
                return $"'{value}' is no table. Write its number, or main, default or local: other names are a matter of this host's rt_tables.";
            case "priority" or "preference" or "order" when TryNumber(value, out uint priority):
                rule = rule with { Priority = priority };
                return null;
            case "suppress_prefixlength" when TryNumber(value, out uint length) && length <= 128:
                rule = rule with { SuppressPrefixLength = length };
                return null;
            default:
                return $"'{word}' cannot be '{value}'.";
        }
    }

    private static string? TakeFlag(string word, ref VirtualRule rule)
    {
        switch (word)
        {
            case "not":
                rule = rule with { Not = true };
                return null;
            case "no_track":
                rule = rule with { NoTrack = true };
                return null;
            case "inet" or "inet6":
                return null;
            case "blackhole":
                rule = rule with { Kind = RouteKind.Blackhole };
                return null;
            case "unreachable":
                rule = rule with { Kind = RouteKind.Unreachable };
                return null;
            case "prohibit":
                rule = rule with { Kind = RouteKind.Prohibit };
                return null;
            default:
                return $"there is no option '{word}'.{NameSuggestion.Hint(word, s_withValue.Concat(s_flags))}";
        }
    }

    private static string? TakeMark(string value, ref VirtualRule rule)
    {
        string[] parts = value.Split('/');
        uint mask = 0;
        if (parts.Length > 2 || !TryNumber(parts[0], out uint mark) || (parts.Length == 2 && !TryNumber(parts[1], out mask)))
        {
            return $"'{value}' is no firewall mark. Write a number such as 1 or 0x10, or mark/mask.";
        }

        rule = rule with { Mark = mark, MarkMask = parts.Length == 2 ? mask : null };
        return null;
    }

    private static bool TryNumber(string text, out uint number) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
