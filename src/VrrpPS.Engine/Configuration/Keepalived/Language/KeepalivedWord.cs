namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>One word of a keepalived.conf statement.</summary>
/// <param name="Text">Without its quotes.</param>
/// <param name="At">Its first character, the quote included.</param>
/// <param name="IsQuoted">Whether it stood in double quotes; a quoted brace is a word, not a brace.</param>
internal readonly record struct KeepalivedWord(string Text, SourcePosition At, bool IsQuoted)
{
    /// <summary>Whether this is the unquoted word that opens or closes a block.</summary>
    public bool Is(char brace) => !IsQuoted && Text.Length == 1 && Text[0] == brace;
}
