namespace VrrpPS.Engine.Health;

/// <summary>What one look found.</summary>
/// <param name="Succeeded">Whether all was as it should be.</param>
/// <param name="Output">What was seen, in words; at most a line.</param>
/// <param name="Duration">How long it took.</param>
public readonly record struct ProbeResult(bool Succeeded, string Output, TimeSpan Duration)
{
    /// <summary>The number in a tracked file; 0 for everything else.</summary>
    public long Value { get; init; }

    /// <summary>What makes it look: the kernel's events, or the interval alone and why; null where only the interval can.</summary>
    public string? Method { get; init; }
}
