using VrrpPS.Protocol;

namespace VrrpPS.Engine.Probe;

/// <summary>What to probe and how.</summary>
public sealed record VipProbeOptions
{
    /// <summary>The virtual address.</summary>
    public required InetAddress Address { get; init; }

    /// <summary>How many echo requests to send, 1..1000.</summary>
    public int Count { get; init; } = 3;

    /// <summary>How long to wait for each answer: an echo, a connection, an HTTP status, ARP as a whole. 1 ms..1 h.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long further responders are waited for after the first one answered ARP or neighbour discovery; at most
    /// <see cref="Timeout"/>. The question is asked again after a third of the timeout, so the default outlasts one loss.
    /// </summary>
    public TimeSpan ResponderWindow { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A TCP port to connect to, 1..65535; null for none.</summary>
    public int? Port { get; init; }

    /// <summary>
    /// A URI to get. The connection always goes to <see cref="Address"/>; the host only names whom to ask there.
    /// </summary>
    public Uri? Uri { get; init; }

    /// <summary>The interface to probe from; null means the one that the route leads through.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>The named network namespace to probe from; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Told what is being tried, from any thread; null when nobody wants to know.</summary>
    public Action<string>? Progress { get; init; }
}
