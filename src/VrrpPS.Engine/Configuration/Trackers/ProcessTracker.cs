namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>Counts the processes of a name.</summary>
public sealed record ProcessTracker : TrackerConfiguration
{
    /// <summary>
    /// The name, as <c>ps -o comm</c> shows it (the kernel keeps 15 bytes of it); with <see cref="FullCommand"/> the first word of the
    /// command as it was typed, with its path if it had one.
    /// </summary>
    public required string ProcessName { get; init; }

    /// <summary>How many must run at least. 0..65535.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>How many may run at most; null for any number.</summary>
    public int? QuorumMaximum { get; init; }

    /// <summary>Compares the name with the first word of the command line instead of the kernel's name.</summary>
    public bool FullCommand { get; init; }

    /// <summary>The arguments that a process must have to be counted; see <see cref="ArgumentMatch"/>.</summary>
    public VrrpList<string> Arguments { get; init; } = [];

    /// <summary>How the arguments are compared.</summary>
    public ArgumentMatch ArgumentMatch { get; init; }

    /// <summary>How long there must be enough before that counts: a program that starts another is there twice for moments. 0..1 h.</summary>
    public TimeSpan ForkDelay { get; init; }

    /// <summary>How long there must be too few, or too many, before that counts: a program that is started anew is gone for moments. 0..1 h.</summary>
    public TimeSpan TerminateDelay { get; init; }

    /// <inheritdoc/>
    public override TrackerKind Kind => TrackerKind.Process;

    /// <inheritdoc/>
    public override string Target => Arguments.Count == 0 ? ProcessName : $"{ProcessName} {string.Join(' ', Arguments)}";
}
