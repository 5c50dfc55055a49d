namespace VrrpPS;

/// <summary>What a client noticed of a virtual address in a time: how many probes were lost, when, and who answered.</summary>
public sealed record VipMeasurement
{
    /// <summary>The address.</summary>
    public required string VirtualIPAddress { get; init; }

    /// <summary>How it was asked.</summary>
    public required VipProbeMethod Method { get; init; }

    /// <summary>The TCP port; null without one.</summary>
    public int? Port { get; init; }

    /// <summary>The URI; null without one.</summary>
    public string? Uri { get; init; }

    /// <summary>When the first probe was due.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>From <see cref="Start"/> to <see cref="End"/>.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary><see cref="Duration"/> in seconds.</summary>
    public double DurationSeconds => Duration.TotalSeconds;

    /// <summary>The time from one probe to the next.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary><see cref="Interval"/> in seconds.</summary>
    public double IntervalSeconds => Interval.TotalSeconds;

    /// <summary>How long an answer may take and still be one.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary><see cref="Timeout"/> in seconds.</summary>
    public double TimeoutSeconds => Timeout.TotalSeconds;

    /// <summary>How many probes were sent whose fate is known.</summary>
    public required long Sent { get; init; }

    /// <summary>How many of them were answered in time.</summary>
    public required long Answered { get; init; }

    /// <summary>How many were not.</summary>
    public long Lost => Sent - Answered;

    /// <summary>The outages, in order; of more than a thousand the first thousand.</summary>
    public required VrrpList<VipOutage> Outage { get; init; }

    /// <summary>How many outages there were.</summary>
    public required long OutageCount { get; init; }

    /// <summary>The longest outage; zero without one.</summary>
    public required TimeSpan LongestOutage { get; init; }

    /// <summary><see cref="LongestOutage"/> in seconds.</summary>
    public double LongestOutageSeconds => LongestOutage.TotalSeconds;

    /// <summary>All outages together.</summary>
    public required TimeSpan TotalOutage { get; init; }

    /// <summary><see cref="TotalOutage"/> in seconds.</summary>
    public double TotalOutageSeconds => TotalOutage.TotalSeconds;

    /// <summary>Who began to answer when; the first entry is the one that answered first. Of more than a thousand the first thousand.</summary>
    public required VrrpList<VipMasterChange> MasterChange { get; init; }

    /// <summary>Who answered first; null when nobody did, or it cannot be seen.</summary>
    public string? MasterBefore { get; init; }

    /// <summary>Who answered last.</summary>
    public string? MasterAfter { get; init; }

    /// <summary>The mean round trip; null without an answer.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary><see cref="Latency"/> in seconds.</summary>
    public double? LatencySeconds => Latency?.TotalSeconds;

    /// <summary>The longest round trip of those in time.</summary>
    public TimeSpan? LongestLatency { get; init; }

    /// <summary><see cref="LongestLatency"/> in seconds.</summary>
    public double? LongestLatencySeconds => LongestLatency?.TotalSeconds;

    /// <summary>Probes that were never sent because this process was late itself: they say nothing about the address.</summary>
    public required long Skipped { get; init; }

    /// <summary>The most that this process was late with a probe.</summary>
    public required TimeSpan Lateness { get; init; }

    /// <summary><see cref="Lateness"/> in seconds.</summary>
    public double LatenessSeconds => Lateness.TotalSeconds;

    /// <summary>The interface that leads there; null without a route.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>The named network namespace it was measured from; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>What could not be seen, and what makes the figures less certain; empty when nothing.</summary>
    public VrrpList<string> Remark { get; init; } = [];

    /// <summary><c>192.0.2.1: 3 of 1000 lost, longest outage 0.03 s</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{VirtualIPAddress}: {Lost} of {Sent} lost, longest outage {LongestOutage.TotalSeconds:0.###} s");
}
