namespace VrrpPS.Engine.Metrics;

/// <summary>One value of one metric.</summary>
/// <param name="Value">In the metric's unit.</param>
/// <param name="Attributes">What it is about, by <see cref="MetricAttributes"/>.</param>
/// <param name="Start">Since when a counter counts; null for a gauge.</param>
public readonly record struct MetricPoint(double Value, IReadOnlyList<KeyValuePair<string, object?>> Attributes, DateTimeOffset? Start);
