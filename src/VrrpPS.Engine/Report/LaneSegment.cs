namespace VrrpPS.Engine.Report;

/// <summary>A stretch of time in a lane.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
/// <param name="Style">One of the styles of <see cref="LaneChart"/>.</param>
/// <param name="Text">What stands in it where there is room.</param>
/// <param name="Detail">What a pointer over it is told.</param>
internal sealed record LaneSegment(DateTimeOffset From, DateTimeOffset To, string Style, string Text, string Detail);
