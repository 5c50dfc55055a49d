namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>Who was Master of a virtual router in a failure.</summary>
/// <param name="Group">The virtual router.</param>
/// <param name="Before">Before it.</param>
/// <param name="During">Once the others had time to react.</param>
/// <param name="Left">The nodes that could be Master during it.</param>
/// <param name="Afterwards">Once it had ended and everything had settled.</param>
/// <param name="Outage">For how many nanoseconds nobody served during it.</param>
internal sealed record FailureResult(
    RouterGroup Group,
    IReadOnlyList<SimulatedRouter> Before,
    IReadOnlyList<SimulatedRouter> During,
    IReadOnlyList<SimulatedRouter> Left,
    IReadOnlyList<SimulatedRouter> Afterwards,
    long Outage);
