using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>A change of state during a replay.</summary>
/// <param name="Step">The number of the mark before it; 0 without one.</param>
/// <param name="Router">The router.</param>
/// <param name="At">The recorded time.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Event">The cause.</param>
public sealed record ReplayedTransition(int Step, string Router, Instant At, RouterState From, RouterState To, LastEvent Event)
{
    /// <summary>The change in a few words.</summary>
    public override string ToString() => $"{Router}: {From} -> {To} ({Event})";
}
