namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// <c>$NAME=text</c> definitions and their replacement where <c>$NAME</c> or <c>${NAME}</c> stands. A text that ends in a
/// backslash goes on in the next line, and such a definition stands for several lines. Some names are defined from the start.
/// </summary>
internal sealed class KeepalivedDefinitions(KeepalivedPredefined predefined)
{
    /// <summary>keepalived's own limit for a line; it also ends definitions that contain themselves.</summary>
    private const int MaxLineLength = 4096;

    private const int MaxReplacements = 64;

    /// <summary>More lines than one definition has.</summary>
    private const int MaxFollowing = 1000;

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

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

    /// <summary>Defines a name as one word, as a turn of a sequence does.</summary>
    public void Set(string name, string value) => _values[name] = [value];

    /// <summary>Takes <c>$NAME=text</c>; false when the line is something else, such as <c>$NAME = text</c>.</summary>
    public bool TryDefine(string text)
    {
        int length = text.StartsWith('$') ? NameLength(text, 1) : 0;
        int equals = 1 + length;
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

            if (Find(line, text, dollar) is not var (value, end))
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

            // A definition inside another one is finished first.
            following.InsertRange(0, value.Skip(1).Select(more =>
            {
                var next = new KeepalivedLine(line.File, line.Directory);
                next.AppendFor(more, line, dollar);
                return next;
            }).ToArray());

            line = result;
            from = dollar;
        }
    }

    /// <summary>
    /// The value of the name behind a dollar and where the reference ends. A definition of several lines counts at the end of a
    /// line only.
    /// </summary>
    private (List<string> Value, int End)? Find(KeepalivedLine line, string text, int dollar)
    {
        bool braces = dollar + 1 < text.Length && text[dollar + 1] == '{';
        int start = dollar + (braces ? 2 : 1);
        int length = NameLength(text, start);
        if (length == 0)
        {
            return null;
        }

        string name = text.Substring(start, length);
        int close = braces ? text.IndexOf('}', start + length) : start + length;
        if (close < 0 || (!braces && close < text.Length && text[close] is not (' ' or '\t' or ',' or ')')))
        {
            return null;
        }

        int end = braces ? close + 1 : close;
        string parameters = text[(start + length)..close];
        if (!_values.TryGetValue(name, out var value))
        {
            return predefined.Find(name, parameters, line) is { } known ? ([known], end) : null;
        }

        return parameters.Length == 0 && (value.Count <= 1 || end == text.Length) ? (value, end) : null;
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
