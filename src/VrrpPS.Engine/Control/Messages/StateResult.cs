namespace VrrpPS.Engine.Control.Messages;

/// <summary>The states of instances.</summary>
internal sealed record StateResult(IReadOnlyList<VrrpState> States);
