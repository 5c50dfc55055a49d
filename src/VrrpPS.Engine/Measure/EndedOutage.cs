using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>An outage on the monotonic clock.</summary>
/// <param name="Start">When the first lost probe was sent.</param>
/// <param name="End">When the next answered one was; null while there is none.</param>
/// <param name="Duration">How long it was, in nanoseconds.</param>
/// <param name="Uncertainty">How much longer it may have been, in nanoseconds.</param>
/// <param name="Lost">How many probes were lost.</param>
/// <param name="Symptom">What they met.</param>
internal sealed record EndedOutage(Instant Start, Instant? End, long Duration, long Uncertainty, long Lost, string Symptom);
