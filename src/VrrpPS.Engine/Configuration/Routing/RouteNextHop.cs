using System.Globalization;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Routing;

/// <summary>One of several ways of a route.</summary>
public sealed record RouteNextHop
{
    /// <summary>The router to send to; null for a network on the link.</summary>
    public InetAddress? Gateway { get; init; }

    /// <summary>The interface to send through; null means the one that reaches the router.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>Its share among the ways, 1..256.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether the router is taken to be on the link although no address there says so.</summary>
    public bool OnLink { get; init; }

    /// <summary><c>nexthop via 192.0.2.1 dev eth0 weight 2</c>.</summary>
    public override string ToString()
    {
        string text = "nexthop";
        text += Gateway is { } gateway ? $" via {gateway}" : string.Empty;
        text += InterfaceName is { } device ? $" dev {device}" : string.Empty;
        text += Weight == 1 ? string.Empty : " weight " + Weight.ToString(CultureInfo.InvariantCulture);
        return text + (OnLink ? " onlink" : string.Empty);
    }
}
