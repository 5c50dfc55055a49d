using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

/// <summary>Two configurations that cannot run together.</summary>
/// <param name="Index">Where the second of them stands in the checked list.</param>
/// <param name="PropertyName">The property they share.</param>
/// <param name="Error">The refusal.</param>
public sealed record ConfigurationSetProblem(int Index, string PropertyName, VrrpException Error);
