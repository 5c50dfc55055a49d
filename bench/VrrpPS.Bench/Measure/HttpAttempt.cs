namespace VrrpPS.Bench.Measure;

/// <summary>One request over a connection of its own.</summary>
/// <param name="Start">When the connection was begun.</param>
/// <param name="End">When it was over.</param>
/// <param name="Outcome">What became of it.</param>
internal readonly record struct HttpAttempt(long Start, long End, HttpOutcome Outcome);
