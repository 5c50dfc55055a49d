namespace VrrpPS.Engine.Probe;

/// <summary>How echo requests were answered.</summary>
/// <param name="Sent">Requests that the kernel took.</param>
/// <param name="Received">Replies in time.</param>
/// <param name="Fastest">The shortest round trip.</param>
/// <param name="Refusal">Why a request could not be sent, in the kernel's words.</param>
internal sealed record EchoAnswers(int Sent, int Received, TimeSpan? Fastest, string? Refusal);
