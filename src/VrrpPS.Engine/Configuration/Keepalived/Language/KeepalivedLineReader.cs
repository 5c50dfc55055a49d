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

    /// <summary>More lines than one line of a real file stands for.</summary>
    private const int MaxMade = 100_000;

    private readonly DiagnosticBag _diagnostics;
    private readonly string _configId;
    private readonly KeepalivedDefinitions _definitions;
    private readonly KeepalivedIncludes _includes;
    private int _depth;

    public KeepalivedLineReader(ConfigurationReadOptions options, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _configId = options.KeepalivedConfigId ?? Environment.MachineName.Split('.')[0];
        _definitions = new KeepalivedDefinitions(new KeepalivedPredefined(_configId, diagnostics));
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

    /// <summary>
    /// What a line stands for. Lines that definitions and sequences make are finished before what comes after them, each
    /// sequence setting its names only when its next turn comes. Files are opened when no line is left, the last one first: so
    /// does keepalived.
    /// </summary>
    private IEnumerable<KeepalivedLine> Logical(KeepalivedLine first)
    {
        var pending = new Stack<IEnumerator<KeepalivedLine>>();
        pending.Push(new List<KeepalivedLine> { first }.GetEnumerator());
        var includes = new Stack<(KeepalivedInclude Include, KeepalivedLine Line)>();
        int made = 0;
        while (pending.TryPeek(out var source))
        {
            if (!source.MoveNext())
            {
                source.Dispose();
                pending.Pop();
                continue;
            }

            if (++made > MaxMade)
            {
                _diagnostics.Error(first.At(0), ConfigurationCodes.Syntax, $"This line stands for more than {MaxMade} lines. Does a definition contain itself?");
                yield break;
            }

            var following = new List<KeepalivedLine>();
            var resolved = Resolve(source.Current, following);
            if (following.Count > 0)
            {
                pending.Push(following.GetEnumerator());
            }

            if (resolved is not { Length: > 0 } line)
            {
                continue;
            }

            if (KeepalivedSequence.Begins(line.Text))
            {
                if (Sequence(line) is { } sequence)
                {
                    pending.Push(Turns(sequence, line).GetEnumerator());
                }
            }
            else if (KeepalivedIncludes.Parse(line) is { } include)
            {
                includes.Push((include, line));
            }
            else
            {
                yield return line;
            }
        }

        foreach (var (include, line) in includes)
        {
            foreach (var included in Include(include, line))
            {
                yield return included;
            }
        }
    }

    private KeepalivedSequence? Sequence(KeepalivedLine line)
    {
        try
        {
            return KeepalivedSequence.Parse(line.Text, numbers => _definitions.Replace(KeepalivedLine.FromSource(numbers, line.File, line.Directory, 0), [], _diagnostics).Text);
        }
        catch (FormatException e)
        {
            _diagnostics.Error(line.At(0), ConfigurationCodes.Syntax, $"This '{line.Text[..4]}' cannot be read: {e.Message} Write ~SEQ(NAME, start, step, end) text or ~LST(NAME, value, value) text.");
            return null;
        }
    }

    private IEnumerable<KeepalivedLine> Turns(KeepalivedSequence sequence, KeepalivedLine line)
    {
        foreach (var values in sequence.Turns)
        {
            foreach (var (name, value) in sequence.Names.Zip(values))
            {
                _definitions.Set(name, value);
            }

            yield return line.Slice(sequence.TextStart, line.Length);
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

            if (KeepalivedSequence.Begins(text))
            {
                // Its names have values in each turn only.
                return line;
            }

            var replaced = _definitions.Replace(line, following, _diagnostics);
            if (ReferenceEquals(replaced, line))
            {
                return line;
            }

            line = KeepalivedComments.Strip(replaced, _diagnostics);
            if (line.Length == 0 || line[0] is not '@' and not '$' and not '~')
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
