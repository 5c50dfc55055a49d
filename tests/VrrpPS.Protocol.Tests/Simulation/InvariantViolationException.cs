namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>The simulated segment did what it never may.</summary>
public sealed class InvariantViolationException(string invariant, string message) : Exception($"{invariant}: {message}")
{
    /// <summary>The invariant's short name.</summary>
    public string Invariant { get; } = invariant;
}
