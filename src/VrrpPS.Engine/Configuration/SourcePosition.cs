namespace VrrpPS.Engine.Configuration;

/// <summary>Where a piece of configuration text stands.</summary>
/// <param name="File">The file as it was named, or a placeholder for text that came in without one.</param>
/// <param name="Line">1 for the first line; 0 when a finding belongs to no line.</param>
/// <param name="Column">1 for the first character; 0 when a finding belongs to no column.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary><c>file:line:column</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
