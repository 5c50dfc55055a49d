namespace VrrpPS;

/// <summary>One health check or tracked interface of an instance.</summary>
public sealed record VrrpTrackerState
{
    /// <summary>The tracker's name.</summary>
    public required string Name { get; init; }

    /// <summary>The kind: Interface, Tcp, Http, Ping, Script, Process, File.</summary>
    public required string Kind { get; init; }

    /// <summary>Up, Down or Unknown (has not reported yet).</summary>
    public required string Status { get; init; }

    /// <summary>What the last check said.</summary>
    public string? Output { get; init; }

    /// <summary>When the status last changed.</summary>
    public DateTimeOffset? LastChange { get; init; }

    /// <summary><c>name=Up</c>.</summary>
    public override string ToString() => $"{Name}={Status}";
}
