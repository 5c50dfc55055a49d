namespace VrrpPS.Tool.Lab;

/// <summary>What a client noticed between two moments.</summary>
/// <param name="Duration">The longest time from one answered attempt to the next.</param>
/// <param name="Lost">Attempts without an answer.</param>
/// <param name="Attempts">All attempts.</param>
internal readonly record struct ProbeOutage(TimeSpan Duration, int Lost, int Attempts);
