using System.Text;

namespace VrrpPS.Engine.Report;

/// <summary>
/// Text inside HTML and SVG. Names come from the wire and from configurations: nothing of them may become markup, and what XML does not
/// allow at all is shown as a replacement character.
/// </summary>
internal static class MarkupText
{
    /// <summary>The text with everything that means something to a parser escaped; also for attributes in quotes.</summary>
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' => escaped.Append((char)rune.Value),
                < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune),
            };
        }

        return escaped.ToString();
    }
}
