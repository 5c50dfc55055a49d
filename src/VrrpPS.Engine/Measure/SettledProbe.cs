using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>A probe whose fate is known.</summary>
/// <param name="Sent">When it left.</param>
/// <param name="Latency">How long its answer took, in nanoseconds; null when it was lost.</param>
/// <param name="Failure">What was answered instead, or why it could not leave; null for silence.</param>
internal readonly record struct SettledProbe(Instant Sent, long? Latency, string? Failure);
