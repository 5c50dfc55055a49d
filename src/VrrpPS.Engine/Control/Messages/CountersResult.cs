namespace VrrpPS.Engine.Control.Messages;

/// <summary>The counters of instances.</summary>
internal sealed record CountersResult(IReadOnlyList<VrrpCounter> Counters);
