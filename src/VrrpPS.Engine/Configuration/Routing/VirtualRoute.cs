using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VrrpPS.Engine.Configuration.Addresses;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Routing;

/// <summary>
/// A route that a Master installs after its addresses and removes before them. A route cannot be leased (IPv4 has no lifetime for
/// routes, and an IPv6 one would need renewing in its own way): of a frozen Master those with a leased <see cref="Source"/> go with
/// that address, the others stay until it wakes up. A killed one's are removed by the guard or the next sweep.
/// </summary>
public sealed record VirtualRoute
{
    /// <summary>Where it leads.</summary>
    public required NetworkPrefix Destination { get; init; }

    /// <summary>What becomes of the packets.</summary>
    public RouteKind Kind { get; init; } = RouteKind.Unicast;

    /// <summary>The router to send to; null for a network on the link.</summary>
    public InetAddress? Gateway { get; init; }

    /// <summary>The interface to send through; null means the one that reaches the router, or the instance's own.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>The source address that this host prefers on this route, usually a virtual one.</summary>
    public InetAddress? Source { get; init; }

    /// <summary>The table, see <see cref="RouteTable"/>.</summary>
    public uint Table { get; init; } = RouteTable.Main;

    /// <summary>The metric, lower first; null for the kernel's default (0, IPv6 1024).</summary>
    public uint? Metric { get; init; }

    /// <summary>IPv4: how far away the destination is, see <see cref="AddressScope"/>; null for what the route itself says.</summary>
    public byte? Scope { get; init; }

    /// <summary>The greatest packet in bytes; null for the interface's.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Whether the router is taken to be on the link although no address there says so.</summary>
    public bool OnLink { get; init; }

    /// <summary>Several ways at once, instead of <see cref="Gateway"/> and <see cref="InterfaceName"/>.</summary>
    public VrrpList<RouteNextHop> NextHops { get; init; } = [];

    /// <summary>Neither the route nor its interface is watched.</summary>
    public bool NoTrack { get; init; }

    /// <summary>The family.</summary>
    public AddressFamily Family => Destination.Address.Family;

    /// <summary>Reads a route in the words of <c>ip route add</c>: <c>10.0.0.0/8 via 192.0.2.1 dev eth0 metric 5</c>.</summary>
    /// <exception cref="VrrpException">InvalidRoute.</exception>
    public static VirtualRoute Parse(string? text) => TryParse(text, out var route, out var error) ? route : throw error;

    /// <summary>Reads one route, or says what is wrong with it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VirtualRoute? route, [NotNullWhen(false)] out VrrpException? error)
        => VirtualRouteWords.TryRead((text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), out route, out error, out _);

    /// <summary>The words that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var words = new List<string>();
        if (Kind != RouteKind.Unicast)
        {
            words.Add(VirtualRouteWords.KindWord(Kind));
        }

        words.Add(Destination.ToString());
        Add("via", Gateway?.ToString());
        Add("dev", InterfaceName);
        Add("src", Source?.ToString());
        Add("table", Table == RouteTable.Main ? null : RouteTable.Format(Table));
        Add("metric", Metric?.ToString(CultureInfo.InvariantCulture));
        Add("scope", Scope is { } scope ? AddressScope.Format(scope) : null);
        Add("mtu", Mtu?.ToString(CultureInfo.InvariantCulture));
        words.AddRange(OnLink ? ["onlink"] : []);
        words.AddRange(NoTrack ? ["no_track"] : []);
        words.AddRange(NextHops.Select(static hop => hop.ToString()));
        return string.Join(' ', words);

        void Add(string word, string? value) => words.AddRange(value is null ? [] : [word, value]);
    }
}
