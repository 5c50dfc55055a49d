namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>
/// Reads a whole number from a file; no file is 0. With a weight, the number times the weight is added to the priority, and -254 or
/// less is a fault; with weight 0 any number but 0 is one.
/// </summary>
public sealed record FileTracker : TrackerConfiguration
{
    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <inheritdoc/>
    public override TrackerKind Kind => TrackerKind.File;

    /// <inheritdoc/>
    public override string Target => Path;
}
