namespace VrrpPS.Engine.Runtime;

/// <summary>How a move of the Master role ended.</summary>
/// <param name="Successor">The address of the router that took over.</param>
/// <param name="Duration">From the command until the last address was released.</param>
public sealed record MoveOutcome(string Successor, TimeSpan Duration);
