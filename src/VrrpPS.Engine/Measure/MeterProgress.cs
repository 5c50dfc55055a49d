namespace VrrpPS.Engine.Measure;

/// <summary>How a measurement goes at the moment.</summary>
/// <param name="Elapsed">Since its start.</param>
/// <param name="Sent">Probes whose fate is known.</param>
/// <param name="Lost">Those that were not answered.</param>
/// <param name="Outages">Outages that have ended.</param>
/// <param name="Longest">The longest of them.</param>
/// <param name="DownFor">For how long the address has not answered; null while it does.</param>
/// <param name="Master">Who answered last; null when that is not known.</param>
public sealed record MeterProgress(TimeSpan Elapsed, long Sent, long Lost, long Outages, TimeSpan Longest, TimeSpan? DownFor, string? Master);
