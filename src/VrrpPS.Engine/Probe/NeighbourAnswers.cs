using VrrpPS.Protocol;

namespace VrrpPS.Engine.Probe;

/// <summary>Who answered ARP or neighbour discovery.</summary>
/// <param name="Responders">The distinct hardware addresses, in the order of their first answer.</param>
/// <param name="FirstAnswer">From the first question to the first answer; null without one.</param>
internal sealed record NeighbourAnswers(IReadOnlyList<MacAddress> Responders, TimeSpan? FirstAnswer);
