namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>A keyword with its parameters and, if one follows, its block.</summary>
internal sealed class KeepalivedStatement(IReadOnlyList<KeepalivedWord> words)
{
    /// <summary>The keyword and its parameters; at least one.</summary>
    public IReadOnlyList<KeepalivedWord> Words { get; } = words;

    /// <summary>The block that belongs to it.</summary>
    public KeepalivedBlock? Block { get; set; }

    public string Keyword => Words[0].Text;

    public SourcePosition At => Words[0].At;

    /// <summary>The parameter at an index, 1 being the first, or null.</summary>
    public KeepalivedWord? Parameter(int index) => index < Words.Count ? Words[index] : null;
}
