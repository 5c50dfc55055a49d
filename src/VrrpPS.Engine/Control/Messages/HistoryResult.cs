namespace VrrpPS.Engine.Control.Messages;

/// <summary>Transitions, oldest first.</summary>
internal sealed record HistoryResult(IReadOnlyList<VrrpTransition> Transitions);
