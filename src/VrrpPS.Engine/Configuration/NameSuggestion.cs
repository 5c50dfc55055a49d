namespace VrrpPS.Engine.Configuration;

/// <summary>Finds what someone most likely meant to type.</summary>
internal static class NameSuggestion
{
    /// <summary>The nearest candidate within a third of its length in edits, else one that begins so, or null.</summary>
    public static string? Nearest(string typed, IEnumerable<string> candidates)
    {
        if (typed.Length is 0 or > 64)
        {
            return null;
        }

        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = Distance(typed, candidate);
            if (distance < bestDistance && distance <= Math.Max(1, Math.Max(candidate.Length, typed.Length) / 3))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best ?? (typed.Length < 3 ? null : candidates.FirstOrDefault(c => c.StartsWith(typed, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary><c> Did you mean 'x'?</c>, or nothing.</summary>
    public static string Hint(string typed, IEnumerable<string> candidates)
        => Nearest(typed, candidates) is { } name ? $" Did you mean '{name}'?" : string.Empty;

    /// <summary>Edits (insert, delete, replace, swap neighbours) between two names, without case.</summary>
    private static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        var beforePrevious = new int[right.Length + 1];
        for (int column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (int row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int cost = Same(left[row - 1], right[column - 1]) ? 0 : 1;
                current[column] = Math.Min(Math.Min(current[column - 1] + 1, previous[column] + 1), previous[column - 1] + cost);
                if (row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]))
                {
                    current[column] = Math.Min(current[column], beforePrevious[column - 2] + 1);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
