namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// The first layer: hands out the lines that matter, with includes opened, comments removed, conditional lines chosen and
/// definitions replaced, each character knowing where it was written.
/// </summary>
internal sealed class KeepalivedLineReader
{
    /// <summary>No configuration nests includes deeper; a circle does.</summary>
    public const int MaxIncludeDepth = 16;

    /// <summary>keepalived's own limit for a line.</summary>
    private const int MaxJoinedLength = 4096;

    private readonly DiagnosticBag _diagnostics;
    private readonly string _configId;
    private readonly KeepalivedDefinitions _definitions = new();
    private readonly KeepalivedIncludes _includes;
    private int _depth;

    public KeepalivedLineReader(ConfigurationReadOptions options, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _configId = options.KeepalivedConfigId ?? Environment.MachineName.Split('.')[0];
        _includes = new KeepalivedIncludes(diagnostics, options.OrdinaryFilesOnly);
    }

    /// <summary>The lines of a text and of everything it includes.</summary>
    public IEnumerable<KeepalivedLine> Read(string text, string file, string? directory)
    {
        foreach (var raw in Physical(text, file, directory))
        {
            if (_diagnostics.IsFull)
            {
                yield break;
            }

            var line = KeepalivedComments.Strip(raw, _diagnostics);
            if (_definitions.IsContinued)
            {
                _definitions.Continue(line.Text);
                continue;
            }

            foreach (var result in Logical(line))
            {
                yield return result;
            }
        }
    }

    /// <summary>Splits into lines and joins those that end in a backslash, except in definitions, which keep their lines.</summary>
    private IEnumerable<KeepalivedLine> Physical(string text, string file, string? directory)
    {
        KeepalivedLine? joined = null;
        int number = 0;
        foreach (string source in text.Split('\n'))
        {
            number++;
            var line = KeepalivedLine.FromSource(source.TrimEnd('\r'), file, directory, number);
            var pending = joined ?? line;
            if (joined is not null)
            {
                joined.Append(line, 0, line.Length);
            }

            if (!_definitions.IsContinued && pending.Length <= MaxJoinedLength && EndsInBackslash(pending))
            {
                _diagnostics.Warning(pending.At(pending.Length - 1), ConfigurationCodes.Adjusted,
                    "The next line is read as part of this one. keepalived joins lines in $definitions only and would report an unknown keyword; write it on one line.");
                joined = pending.Slice(0, pending.Length - 1);
                joined.AppendFor(" ", pending, pending.Length - 1);
                continue;
            }

            joined = null;
            yield return pending;
        }

        if (joined is not null)
        {
            yield return joined;
        }
    }

    /// <summary>Whether the line goes on: it is no comment up to the end and no definition.</summary>
    private static bool EndsInBackslash(KeepalivedLine line)
    {
        if (line.Length == 0 || line[line.Length - 1] != '\\' || line.Text.TrimStart() is ['$' or '@', ..])
        {
            return false;
        }

        // Judged without reporting: the line is read again when it is complete.
        return KeepalivedComments.Strip(line, new DiagnosticBag()).Text.EndsWith('\\');
    }

    private IEnumerable<KeepalivedLine> Logical(KeepalivedLine first)
    {
        var pending = new List<KeepalivedLine> { first };
        for (int i = 0; i < pending.Count && i < 10_000; i++)
        {
            var following = new List<KeepalivedLine>();
            var resolved = Resolve(pending[i], following);
            pending.InsertRange(i + 1, following);
            if (resolved is not { Length: > 0 } line)
            {
                continue;
            }

            if (KeepalivedIncludes.Parse(line) is { } include)
            {
                foreach (var included in Include(include, line))
                {
                    yield return included;
                }

                continue;
            }

            yield return line;
        }
    }

    /// <summary>Chooses conditional lines, takes definitions and replaces them; null when nothing is left.</summary>
    private KeepalivedLine? Resolve(KeepalivedLine line, List<KeepalivedLine> following)
    {
        for (int round = 0; round < 16; round++)
        {
            if (line.Length > 0 && line[0] == '@')
            {
                if (Condition(line) is not { } rest)
                {
                    return null;
                }

                line = rest;
            }

            string text = line.Text;
            if (_definitions.TryDefine(text))
            {
                return null;
            }

            if (text.StartsWith("~SEQ", StringComparison.Ordinal) || text.StartsWith("~LST", StringComparison.Ordinal))
            {
                _diagnostics.Loss(line.At(0), $"'{text[..4]}' generates statements in keepalived and is not carried over. Write the statements out.");
                return null;
            }

            var replaced = _definitions.Replace(line, following, _diagnostics);
            if (ReferenceEquals(replaced, line))
            {
                return line;
            }

            line = KeepalivedComments.Strip(replaced, _diagnostics);
            if (line.Length == 0 || line[0] is not '@' and not '$')
            {
                return line;
            }
        }

        return line;
    }

    /// <summary>What follows <c>@id</c> (or <c>@^id</c>, every other node) if it is meant for this node.</summary>
    private KeepalivedLine? Condition(KeepalivedLine line)
    {
        string text = line.Text;
        bool negated = text.Length > 1 && text[1] == '^';
        int start = negated ? 2 : 1;
        int end = text.AsSpan(start).IndexOfAny(' ', '\t');
        if (end < 0)
        {
            return null;
        }

        if ((text.Substring(start, end) == _configId) == negated)
        {
            return null;
        }

        int rest = start + end;
        while (rest < text.Length && KeepalivedComments.IsBlank(text[rest]))
        {
            rest++;
        }

        return line.Slice(rest, line.Length);
    }

    private IEnumerable<KeepalivedLine> Include(KeepalivedInclude include, KeepalivedLine line)
    {
        if (_depth == MaxIncludeDepth)
        {
            _diagnostics.Error(line.At(0), ConfigurationCodes.Include, $"Includes are nested more than {MaxIncludeDepth} deep. Does a file include itself?");
            yield break;
        }

        _depth++;
        foreach (string path in _includes.Expand(include, line))
        {
            if (_includes.Open(include, path, line) is not { } text)
            {
                continue;
            }

            foreach (var included in Read(text, path, Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                yield return included;
            }
        }

        _depth--;
    }
}
