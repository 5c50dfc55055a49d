namespace VrrpPS.Engine.Runtime;

/// <summary>How a stop or suspend ended.</summary>
/// <param name="WasMaster">Whether there was a role to hand over.</param>
/// <param name="Successor">The address of the router that took over; null when none was heard.</param>
/// <param name="Duration">From the command until the last address was released.</param>
public sealed record StopOutcome(bool WasMaster, string? Successor, TimeSpan Duration);
