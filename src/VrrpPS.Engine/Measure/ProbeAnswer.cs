namespace VrrpPS.Engine.Measure;

/// <summary>What became of a probe.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Failure">What the answer was, where it is none of success; null for a good one.</param>
internal readonly record struct ProbeAnswer(long Number, string? Failure);
