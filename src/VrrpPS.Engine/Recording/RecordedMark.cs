namespace VrrpPS.Engine.Recording;

/// <summary>A remark of whoever made a recording by plan: what is done next.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Number">The line, from 1.</param>
/// <param name="Step">The number of the step, from 1.</param>
/// <param name="Text">What is done.</param>
public sealed record RecordedMark(string File, int Number, int Step, string Text) : RecordingLine(File, Number);
