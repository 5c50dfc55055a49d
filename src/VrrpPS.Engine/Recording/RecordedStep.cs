using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>One input to a router and the effects it had.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Number">The line of the input, from 1; the effects stand in the next.</param>
/// <param name="Router">The router.</param>
/// <param name="At">The monotonic time.</param>
/// <param name="Input">What happened.</param>
/// <param name="Effects">What the router asked for, in order.</param>
public sealed record RecordedStep(string File, int Number, string Router, Instant At, Input Input, IReadOnlyList<Effect> Effects)
    : RecordingLine(File, Number);
