using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Routing;

/// <summary>A rule that chooses a routing table, installed while Master. Like a route it cannot be leased; see <see cref="VirtualRoute"/>.</summary>
public sealed record VirtualRule
{
    /// <summary>The family.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.IPv4;

    /// <summary>The source addresses it matches; null for all.</summary>
    public NetworkPrefix? From { get; init; }

    /// <summary>The destination addresses it matches; null for all.</summary>
    public NetworkPrefix? To { get; init; }

    /// <summary>The interface a packet came in through; null for any. <c>lo</c> means this host.</summary>
    public string? InputInterface { get; init; }

    /// <summary>The interface a local socket is bound to; null for any.</summary>
    public string? OutputInterface { get; init; }

    /// <summary>The firewall mark it matches; null for any.</summary>
    public uint? Mark { get; init; }

    /// <summary>Which bits of the mark count; null for all.</summary>
    public uint? MarkMask { get; init; }

    /// <summary>The table to look in; for <see cref="RouteKind.Unicast"/>.</summary>
    public uint Table { get; init; } = RouteTable.Main;

    /// <summary>The place among the rules, lower first; null for the kernel's choice, before all others.</summary>
    public uint? Priority { get; init; }

    /// <summary>What happens: the look-up, or Blackhole, Unreachable, Prohibit.</summary>
    public RouteKind Kind { get; init; } = RouteKind.Unicast;

    /// <summary>Ignores routes with a prefix of this length or shorter; null for none.</summary>
    public uint? SuppressPrefixLength { get; init; }

    /// <summary>Matches everything but what is described.</summary>
    public bool Not { get; init; }

    /// <summary>The rule is not watched.</summary>
    public bool NoTrack { get; init; }

    /// <summary>Reads a rule in the words of <c>ip rule add</c>: <c>from 192.0.2.0/24 table 100 priority 1000</c>.</summary>
    /// <exception cref="VrrpException">InvalidRoute.</exception>
    public static VirtualRule Parse(string? text) => TryParse(text, out var rule, out var error) ? rule : throw error;

    /// <summary>Reads one rule, or says what is wrong with it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VirtualRule? rule, [NotNullWhen(false)] out VrrpException? error)
        => VirtualRuleWords.TryRead((text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), out rule, out error, out _);

    /// <summary>The words that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var words = new List<string>();
        words.AddRange(Family == AddressFamily.IPv6 && From is null && To is null ? ["inet6"] : []);
        words.AddRange(Not ? ["not"] : []);
        Add("from", From?.ToString() ?? "all");
        Add("to", To?.ToString());
        Add("iif", InputInterface);
        Add("oif", OutputInterface);
        Add("fwmark", Mark is { } mark
            ? Text(mark) + (MarkMask is { } mask ? "/" + Text(mask) : string.Empty)
            : null);
        Add("priority", Priority is { } priority ? Text(priority) : null);
        if (Kind == RouteKind.Unicast)
        {
            Add("table", RouteTable.Format(Table));
        }
        else
        {
            words.Add(VirtualRouteWords.KindWord(Kind));
        }

        Add("suppress_prefixlength", SuppressPrefixLength is { } length ? Text(length) : null);
        words.AddRange(NoTrack ? ["no_track"] : []);
        return string.Join(' ', words);

        void Add(string word, string? value) => words.AddRange(value is null ? [] : [word, value]);
        static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
