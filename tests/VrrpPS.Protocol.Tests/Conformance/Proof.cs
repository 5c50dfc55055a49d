namespace VrrpPS.Conformance;

/// <summary>One conformance attribute found in the test sources.</summary>
/// <param name="Id">The requirement.</param>
/// <param name="Polarity">The side it shows.</param>
/// <param name="Test">The project, class and method.</param>
/// <param name="NoCounterCase">Why there is no test of the other polarity; null where one must be.</param>
internal sealed record Proof(string Id, Polarity Polarity, string Test, string? NoCounterCase);
