namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>Counts the processes of a name.</summary>
public sealed record ProcessTracker : TrackerConfiguration
{
    /// <summary>The name, as <c>ps -o comm</c> shows it; the kernel keeps 15 bytes of it.</summary>
    public required string ProcessName { get; init; }

    /// <summary>How many must run at least. 0..65535.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>How many may run at most; null for any number.</summary>
    public int? QuorumMaximum { get; init; }

    /// <inheritdoc/>
    public override TrackerKind Kind => TrackerKind.Process;

    /// <inheritdoc/>
    public override string Target => ProcessName;
}
