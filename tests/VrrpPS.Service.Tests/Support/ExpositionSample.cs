namespace VrrpPS.Service.Tests.Support;

/// <summary>A sample of Prometheus' text format.</summary>
internal sealed record ExpositionSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
