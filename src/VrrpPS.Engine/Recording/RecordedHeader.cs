namespace VrrpPS.Engine.Recording;

/// <summary>From here on a router can be replayed.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Number">The line, from 1.</param>
/// <param name="Header">The router.</param>
public sealed record RecordedHeader(string File, int Number, RecordingHeader Header) : RecordingLine(File, Number);
