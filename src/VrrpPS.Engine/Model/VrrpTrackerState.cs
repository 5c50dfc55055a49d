using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS;

/// <summary>One health check or tracked interface of an instance.</summary>
public sealed record VrrpTrackerState
{
    /// <summary>The tracker's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it looks at.</summary>
    public required TrackerKind Kind { get; init; }

    /// <summary>What exactly: an interface, an end point, a URI, a command, a path.</summary>
    public required string Target { get; init; }

    /// <summary>Up, Down or Unknown (has not reported yet).</summary>
    public required TrackerStatus Status { get; init; }

    /// <summary>The configured weight; 0 means Fault while Down.</summary>
    public int Weight { get; init; }

    /// <summary>What follows at the moment: <c>none</c>, <c>Fault</c>, or what is added to the priority.</summary>
    public required string Effect { get; init; }

    /// <summary>What the last check said.</summary>
    public string? Output { get; init; }

    /// <summary>When the status last changed.</summary>
    public DateTimeOffset? LastChange { get; init; }

    /// <summary>How long the last check took; null before the first and for interfaces.</summary>
    public TimeSpan? LastDuration { get; init; }

    /// <summary><see cref="LastDuration"/> in seconds.</summary>
    public double? LastDurationSeconds => LastDuration?.TotalSeconds;

    /// <summary>
    /// What makes a process or file tracker look besides its interval: <c>process events</c>, <c>file events</c>, or <c>polling</c> with the
    /// reason why the kernel does not tell. Null for other kinds.
    /// </summary>
    public string? Method { get; init; }

    /// <summary><c>name=Up</c>, and the effect where there is one.</summary>
    public override string ToString() => Effect == "none" ? $"{Name}={Status}" : $"{Name}={Status} ({Effect})";
}
