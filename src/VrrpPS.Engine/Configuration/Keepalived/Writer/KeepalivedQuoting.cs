using System.Buffers;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Words as keepalived 2.2 and later read them: double quotes keep blanks, comment marks and braces, but nothing keeps a double quote.</summary>
internal static class KeepalivedQuoting
{
    private static readonly SearchValues<char> s_separators = SearchValues.Create(" \t\f\v\r\n#!{}");

    /// <summary>
    /// Whether the text can be a word at all: no double quote, no line end, no backslash (which keepalived reads in three ways)
    /// and nothing that begins a definition.
    /// </summary>
    public static bool CanWrite(string text)
        => !text.AsSpan().ContainsAny("\"\\\r\n") && !text.Contains('$', StringComparison.Ordinal);

    /// <summary>The text as one word; of one that cannot be written every offending letter is an underscore.</summary>
    public static string Quote(string text)
    {
        string safe = text;
        if (!CanWrite(text))
        {
            safe = string.Concat(text.Select(c => c is '"' or '\\' or '\r' or '\n' or '$' ? '_' : c));
        }

        bool plain = safe.Length > 0 && !safe.AsSpan().ContainsAny(s_separators) && safe[0] is not ('@' or '~');
        return plain ? safe : $"\"{safe}\"";
    }
}
