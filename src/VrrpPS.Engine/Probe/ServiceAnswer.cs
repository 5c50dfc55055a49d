namespace VrrpPS.Engine.Probe;

/// <summary>How a service answered.</summary>
/// <param name="Succeeded">Whether it did.</param>
/// <param name="Elapsed">How long that took; null when it did not.</param>
/// <param name="Status">The HTTP status; null without one.</param>
/// <param name="Code">What is wrong; null when nothing is.</param>
/// <param name="Text">The sentence that goes with it.</param>
internal sealed record ServiceAnswer(bool Succeeded, TimeSpan? Elapsed, int? Status, VipProblemCode? Code, string Text);
