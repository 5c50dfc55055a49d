namespace VrrpPS;

/// <summary>Whether a virtual address answers, how, and who answers for it. What was not tried is null.</summary>
public sealed record VipReachability
{
    /// <summary>The address that was probed.</summary>
    public required string VirtualIPAddress { get; init; }

    /// <summary>
    /// Whether the address serves: TCP and HTTP where they were asked for, else the echo, else whether anybody has it.
    /// </summary>
    public required bool Reachable { get; init; }

    /// <summary>Whether an ICMP echo was answered.</summary>
    public bool? PingSucceeded { get; init; }

    /// <summary>How many echo requests were sent.</summary>
    public int? PingSent { get; init; }

    /// <summary>How many echo replies came back in time.</summary>
    public int? PingReceived { get; init; }

    /// <summary>The TCP port that was tried.</summary>
    public int? Port { get; init; }

    /// <summary>Whether a TCP connection was accepted.</summary>
    public bool? TcpSucceeded { get; init; }

    /// <summary>The URI that was asked for.</summary>
    public string? Uri { get; init; }

    /// <summary>The status code of the HTTP answer; null when there was none.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The shortest round trip: of the echoes, else of the TCP handshake, else of ARP or neighbour discovery.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary><see cref="Latency"/> in seconds.</summary>
    public double? LatencySeconds => Latency?.TotalSeconds;

    /// <summary>Every hardware address that answered ARP or neighbour discovery; null when that was not tried.</summary>
    public VrrpList<string>? ResponderMacAddress { get; init; }

    /// <summary>How many different hardware addresses answered. More than one is a duplicate address.</summary>
    public int? ResponderCount { get; init; }

    /// <summary>Whether the only responder is a VRRP virtual MAC address (00:00:5e:00:01|02:xx).</summary>
    public bool? IsVirtualMac { get; init; }

    /// <summary>Whether this host has the address bound itself; ARP and neighbour discovery are not tried then.</summary>
    public bool IsLocal { get; init; }

    /// <summary>The interface that leads to the address; null when there is no route.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>The named network namespace probed from; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>When the probe started.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What is wrong, or was not tried and why, one sentence each.</summary>
    public VrrpList<string> Problem { get; init; } = [];

    /// <summary>The stable code of each entry of <see cref="Problem"/>.</summary>
    public VrrpList<VipProblemCode> ProblemCode { get; init; } = [];
}
