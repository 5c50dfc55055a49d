using System.Net;
using VrrpPS.Engine.Linux.Scheduling;
using VrrpPS.Service.Events;

namespace VrrpPS.Service.Run;

/// <summary>What <c>vrrpps run</c> is asked for, whoever has read it from a command line.</summary>
internal sealed record RunOptions
{
    /// <summary>The configuration: a file, or a directory of fragments.</summary>
    public required string ConfigurationPath { get; init; }

    /// <summary>The network namespace of every instance that names none itself; null means the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Interfaces to call by another name, old to new.</summary>
    public IReadOnlyDictionary<string, string> InterfaceRenames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The identity for conditional lines of a keepalived.conf; null means this host's name.</summary>
    public string? ConfigId { get; init; }

    /// <summary>Whether a configuration that loses something may run.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>Where the control socket is bound; null means at the first of the usual places that can be written to.</summary>
    public string? SocketPath { get; init; }

    /// <summary>Whose members may change what runs, by name or number; null means the service's own group.</summary>
    public string? Group { get; init; }

    /// <summary>How events are written; null means into the journal where standard output goes there, else as text.</summary>
    public EventFormat? Events { get; init; }

    /// <summary>Where everything that the instances are told and answer is written down; null for nowhere.</summary>
    public string? RecordingPath { get; init; }

    /// <summary>Where Prometheus is answered; null for nowhere.</summary>
    public IPEndPoint? MetricsAddress { get; init; }

    /// <summary>The file for node_exporter; null for none.</summary>
    public string? MetricsFile { get; init; }

    /// <summary>The OpenTelemetry collector; null means what its variables in the environment say.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>How the loops are scheduled.</summary>
    public LoopScheduling Scheduling { get; init; } = LoopScheduling.Ordinary;
}
