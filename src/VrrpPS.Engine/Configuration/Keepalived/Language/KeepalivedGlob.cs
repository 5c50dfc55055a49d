namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>File name patterns as glob(3) has them: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>{a,b}</c> and a backslash.</summary>
internal static class KeepalivedGlob
{
    private const int MaxAlternatives = 256;

    public static bool HasWildcard(string pattern) => pattern.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>The alternatives of brace lists, in order; bounded.</summary>
    public static IReadOnlyList<string> Braces(string pattern)
    {
        var result = new List<string>();
        var pending = new Stack<string>();
        pending.Push(pattern);
        while (pending.Count > 0 && result.Count < MaxAlternatives && pending.Count < MaxAlternatives)
        {
            string current = pending.Pop();
            if (FindBraces(current) is not var (open, close))
            {
                result.Add(current);
                continue;
            }

            foreach (string alternative in Enumerable.Reverse(Alternatives(current[(open + 1)..close])))
            {
                pending.Push(current[..open] + alternative + current[(close + 1)..]);
            }
        }

        return result;
    }

    /// <summary>The files one pattern without braces names, sorted; a missing plain name is returned as it is.</summary>
    public static IReadOnlyList<string> Files(string pattern, string directory)
    {
        string full = Path.Combine(directory, pattern);
        if (!HasWildcard(pattern))
        {
            return [full.Replace("\\", string.Empty, StringComparison.Ordinal)];
        }

        IEnumerable<string> paths = ["/"];
        string[] segments = full.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < segments.Length; i++)
        {
            string segment = segments[i];
            bool last = i == segments.Length - 1;
            paths = HasWildcard(segment)
                ? paths.SelectMany(p => Entries(p, last)).Where(p => Matches(Path.GetFileName(p), segment)).Take(10_000)
                : paths.Select(p => Path.Combine(p, segment)).Where(p => last ? File.Exists(p) || Directory.Exists(p) : Directory.Exists(p));
        }

        return paths.Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>Whether a name matches one segment of a pattern. Names with a leading dot need one in the pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
        => (name.IsEmpty || name[0] != '.' || (!pattern.IsEmpty && pattern[0] == '.')) && MatchesFrom(name, pattern);

    private static bool MatchesFrom(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        int n = 0;
        int p = 0;
        int starPattern = -1;
        int starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = p++;
                starName = n;
            }
            else if (MatchesOne(name[n], pattern, p, out int next))
            {
                p = next;
                n++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern + 1;
                n = ++starName;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }

    private static bool MatchesOne(char character, ReadOnlySpan<char> pattern, int at, out int next)
    {
        next = at + 1;
        if (at >= pattern.Length)
        {
            return false;
        }

        switch (pattern[at])
        {
            case '?':
                return true;
            case '\\' when at + 1 < pattern.Length:
                next = at + 2;
                return pattern[at + 1] == character;
            case '[' when pattern[(at + 1)..].IndexOf(']') is > 0 and var length:
                next = at + length + 2;
                return InSet(character, pattern.Slice(at + 1, length));
            default:
                return pattern[at] == character;
        }
    }

    private static bool InSet(char character, ReadOnlySpan<char> set)
    {
        bool negated = set[0] is '!' or '^';
        set = negated ? set[1..] : set;
        bool found = false;
        for (int i = 0; i < set.Length; i++)
        {
            bool range = i + 2 < set.Length && set[i + 1] == '-';
            found |= range ? character >= set[i] && character <= set[i + 2] : character == set[i];
            i += range ? 2 : 0;
        }

        return found != negated;
    }

    private static string[] Entries(string directory, bool files)
    {
        try
        {
            return files ? Directory.GetFileSystemEntries(directory) : Directory.GetDirectories(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As glob(3): what cannot be listed has no matches; the caller reports that there were none.
            return [];
        }
    }

    private static (int Open, int Close)? FindBraces(string pattern)
    {
        int open = pattern.IndexOf('{', StringComparison.Ordinal);
        int depth = 0;
        for (int i = open; i >= 0 && i < pattern.Length; i++)
        {
            depth += pattern[i] == '{' ? 1 : pattern[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return (open, i);
            }
        }

        return null;
    }

    private static List<string> Alternatives(string list)
    {
        var result = new List<string>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            depth += list[i] == '{' ? 1 : list[i] == '}' ? -1 : 0;
            if (list[i] == ',' && depth == 0)
            {
                result.Add(list[start..i]);
                start = i + 1;
            }
        }

        result.Add(list[start..]);
        return result;
    }
}
