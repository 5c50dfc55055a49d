namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// <c>$NAME=text</c> definitions and their replacement where <c>$NAME</c> or <c>${NAME}</c> stands. A text that ends in a
/// backslash goes on in the next line, and such a definition stands for several lines.
/// </summary>
internal sealed class KeepalivedDefinitions
{
    /// <summary>keepalived's own limit for a line; it also ends definitions that contain themselves.</summary>
    private const int MaxLineLength = 4096;

    private const int MaxReplacements = 64;

    /// <summary>More lines than one definition has.</summary>
    private const int MaxFollowing = 1000;

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal)
    {
        ["_HASH"] = ["#"],
        ["_BANG"] = ["!"],
    };

    private List<string>? _open;

    /// <summary>Whether the next line belongs to a definition.</summary>
    public bool IsContinued => _open is not null;

    /// <summary>Takes the next line of a definition of several.</summary>
    public void Continue(string text)
    {
        bool more = text.EndsWith('\\');
        string content = more ? text[..^1].TrimEnd(' ', '\t') : text;
        if (content.Length > 0)
        {
            _open!.Add(content);
        }

        _open = more ? _open : null;
    }

    /// <summary>Takes <c>$NAME=text</c>; false when the line is something else.</summary>
    public bool TryDefine(string text)
    {
        int length = text.StartsWith('$') ? NameLength(text, 1) : 0;
        int equals = 1 + length;
        while (equals < text.Length && text[equals] is ' ' or '\t')
        {
            equals++;
        }

        if (length == 0 || equals >= text.Length || text[equals] != '=')
        {
            return false;
        }

        _open = [];
        _values[text.Substring(1, length)] = _open;
        Continue(text[(equals + 1)..].TrimStart(' ', '\t'));
        return true;
    }

    /// <summary>
    /// Replaces every name that is defined; others stay, as in keepalived. The first line takes the place of the name, further
    /// lines are handed back to be read next.
    /// </summary>
    public KeepalivedLine Replace(KeepalivedLine line, List<KeepalivedLine> following, DiagnosticBag diagnostics)
    {
        int from = 0;
        for (int count = 0; ; count++)
        {
            string text = line.Text;
            int dollar = text.IndexOf('$', from);
            if (dollar < 0)
            {
                return line;
            }

            if (Find(text, dollar) is not var (value, end))
            {
                from = dollar + 1;
                continue;
            }

            string first = value.Count > 0 ? value[0] : string.Empty;
            if (count == MaxReplacements || line.Length + first.Length > MaxLineLength || following.Count + value.Count > MaxFollowing)
            {
                diagnostics.Error(line.At(dollar), ConfigurationCodes.Syntax, "Replacing this definition makes the line longer than keepalived reads. Does it contain itself?");
                return line.Slice(0, dollar);
            }

            var result = line.Slice(0, dollar);
            result.AppendFor(first, line, dollar);
            result.Append(line, end, line.Length - end);
            foreach (string more in value.Skip(1))
            {
                var next = new KeepalivedLine(line.File, line.Directory);
                next.AppendFor(more, line, dollar);
                following.Add(next);
            }

            line = result;
            from = dollar;
        }
    }

    /// <summary>The value of the name behind a dollar and where the reference ends.</summary>
    private (List<string> Value, int End)? Find(string text, int dollar)
    {
        bool braces = dollar + 1 < text.Length && text[dollar + 1] == '{';
        int start = dollar + (braces ? 2 : 1);
        int length = NameLength(text, start);
        int end = start + length;
        if (length == 0 || !_values.TryGetValue(text.Substring(start, length), out var value))
        {
            return null;
        }

        if (braces)
        {
            return end < text.Length && text[end] == '}' ? (value, end + 1) : null;
        }

        return end == text.Length || text[end] is ' ' or '\t' or ',' or ')' ? (value, end) : null;
    }

    private static int NameLength(string text, int start)
    {
        int end = start;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > start && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return end - start;
    }
}
