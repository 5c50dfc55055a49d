namespace VrrpPS.Bench.Cases;

/// <summary>One measurement.</summary>
/// <param name="Pair">Who hands over to whom: "ours->keepalived"; or whose node it is.</param>
/// <param name="SetAside">Whether the control was late where it counts.</param>
/// <param name="Values">What was measured, by name.</param>
internal sealed record Sample(string Pair, bool SetAside, IReadOnlyDictionary<string, double> Values);
