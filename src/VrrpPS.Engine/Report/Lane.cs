namespace VrrpPS.Engine.Report;

/// <summary>One row of a chart over time; later segments cover earlier ones.</summary>
/// <param name="Label">What stands before it.</param>
/// <param name="Segments">Its segments.</param>
internal sealed record Lane(string Label, IReadOnlyList<LaneSegment> Segments);
