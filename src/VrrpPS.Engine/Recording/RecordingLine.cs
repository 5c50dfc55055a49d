namespace VrrpPS.Engine.Recording;

/// <summary>Something that a recording holds.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Number">The line it begins in, from 1.</param>
public abstract record RecordingLine(string File, int Number);
