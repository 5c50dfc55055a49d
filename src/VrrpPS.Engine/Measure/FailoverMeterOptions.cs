using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>What to measure and how.</summary>
public sealed record FailoverMeterOptions
{
    /// <summary>The virtual address.</summary>
    public required InetAddress Address { get; init; }

    /// <summary>The time from one probe to the next, 1 ms..1 min.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long an answer may take and still be one, 1 ms..1 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A TCP port to connect to; null to ping.</summary>
    public int? Port { get; init; }

    /// <summary>A URI to get; null to ping. The connection always goes to <see cref="Address"/>.</summary>
    public Uri? Uri { get; init; }

    /// <summary>The interface to probe from; null means the one that the route leads through.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>The named network namespace to probe from; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>How the address is asked.</summary>
    public VipProbeMethod Method => Uri is not null ? VipProbeMethod.Http : Port is not null ? VipProbeMethod.Tcp : VipProbeMethod.Ping;
}
