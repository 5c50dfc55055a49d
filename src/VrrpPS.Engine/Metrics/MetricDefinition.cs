namespace VrrpPS.Engine.Metrics;

/// <summary>One metric: its OpenTelemetry name, what it means, and how it is read. Every way out is made of these.</summary>
/// <param name="Name">Such as <c>vrrp.advertisements.sent</c>.</param>
/// <param name="Kind">Counter or gauge.</param>
/// <param name="Unit">In UCUM, as OpenTelemetry writes it: <c>s</c>, <c>{advertisement}</c>.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Attributes">The attributes beside those of the instance.</param>
/// <param name="Read">Its values now.</param>
public sealed record MetricDefinition(
    string Name, MetricKind Kind, string Unit, string Description, IReadOnlyList<string> Attributes, Func<MetricSnapshot, IEnumerable<MetricPoint>> Read);
