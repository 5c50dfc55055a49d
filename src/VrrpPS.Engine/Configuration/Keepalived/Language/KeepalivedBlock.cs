namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>What stands between two braces, or in a whole file.</summary>
internal sealed class KeepalivedBlock(SourcePosition open)
{
    /// <summary>The opening brace.</summary>
    public SourcePosition Open { get; } = open;

    public List<KeepalivedStatement> Statements { get; } = [];
}
