using System.Globalization;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// <c>~SEQ(name, start, step, end) text</c>, <c>~SEQx</c> (hexadecimal) and <c>~LST({a, b}, {1, 2}, {3, 4}) text</c>: the text once for
/// each value, with the names defined as the values.
/// </summary>
/// <param name="Names">The definitions that change with each turn.</param>
/// <param name="Turns">Their values, turn by turn; each has as many values as there are names.</param>
/// <param name="TextStart">Where the repeated text begins in the line.</param>
internal sealed record KeepalivedSequence(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<string>> Turns, int TextStart)
{
    /// <summary>More turns than any block has statements.</summary>
    public const int MaxTurns = 10_000;

    /// <summary>Whether a line is meant as one of the three.</summary>
    public static bool Begins(string text)
        => text.StartsWith("~SEQ", StringComparison.Ordinal) || text.StartsWith("~LST", StringComparison.Ordinal);

    /// <summary>Reads the head of the line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="replace">Replaces definitions in the numbers of a ~SEQ.</param>
    /// <exception cref="FormatException">The head is not well-formed; the message says why.</exception>
    public static KeepalivedSequence Parse(string text, Func<string, string> replace)
    {
        int at = 4;
        bool list = text[1] == 'L';
        bool hex = !list && at < text.Length && text[at] == 'x';
        at = Blanks(text, hex ? at + 1 : at);
        if (at >= text.Length || text[at] != '(')
        {
            throw new FormatException("'(' must follow the name.");
        }

        at = Blanks(text, at + 1);
        return list ? List(text, at) : Numbers(text, at, hex, replace);
    }

    private static KeepalivedSequence Numbers(string text, int at, bool hex, Func<string, string> replace)
    {
        int comma = text.IndexOf(',', at);
        int close = text.IndexOf(')', at);
        if (close < 0 || comma < 0 || comma > close || text[at..comma].Trim(' ', '\t') is not { Length: > 0 } name)
        {
            throw new FormatException("it must be NAME, then one to three numbers, then ')'.");
        }

        var numbers = replace(text[(comma + 1)..close]).Split(',').Select(Number).ToArray();
        var (start, step, end) = numbers.Length switch
        {
            1 => (numbers[0] < 0 ? -1 : 1, numbers[0] < 1 ? -1 : 1, numbers[0]),
            2 => (numbers[0], numbers[0] <= numbers[1] ? 1 : -1, numbers[1]),
            3 => (numbers[0], numbers[1], numbers[2]),
            _ => throw new FormatException("it has one to three numbers: end, or start and end, or start, step and end."),
        };
        if (step == 0 || (start < end && step < 0) || (start > end && step > 0))
        {
            throw new FormatException($"steps of {step} do not lead from {start} to {end}.");
        }

        if (hex && (start < 0 || end < 0))
        {
            throw new FormatException("~SEQx counts positive numbers only.");
        }

        if ((Math.Abs(end - start) / Math.Abs(step)) + 1 > MaxTurns)
        {
            throw new FormatException($"it has more than {MaxTurns} turns.");
        }

        var turns = new List<IReadOnlyList<string>>();
        for (long value = start; step > 0 ? value <= end : value >= end; value += step)
        {
            turns.Add([value.ToString(hex ? "x" : "d", CultureInfo.InvariantCulture)]);
        }

        return new KeepalivedSequence([name], turns, Blanks(text, close + 1));
    }

    /// <summary>As C reads them: <c>0x</c> before hexadecimal and <c>0</c> before octal digits; nothing is 0.</summary>
    private static long Number(string text)
    {
        string trimmed = text.Trim(' ', '\t');
        bool negative = trimmed.StartsWith('-');
        string digits = trimmed.TrimStart('-', '+');
        if (trimmed.Length - digits.Length > 1 || digits.Length > 9)
        {
            throw new FormatException($"'{trimmed}' is not a number.");
        }

        try
        {
            long value = digits.Length == 0 ? 0
                : digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? Convert.ToInt64(digits, 16)
                : digits.Length > 1 && digits[0] == '0' ? Convert.ToInt64(digits, 8)
                : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
            return negative ? -value : value;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new FormatException($"'{trimmed}' is not a number.", e);
        }
    }

    private static KeepalivedSequence List(string text, int at)
    {
        var names = Items(text, ref at);
        var turns = new List<IReadOnlyList<string>>();
        while (at < text.Length && text[at] == ',')
        {
            at = Blanks(text, at + 1);
            var values = Items(text, ref at);
            if (values.Count > names.Count)
            {
                throw new FormatException($"{{{string.Join(", ", values)}}} has more values than there are names.");
            }

            // Missing values are empty.
            values.AddRange(Enumerable.Repeat(string.Empty, names.Count - values.Count));
            turns.Add(values);
            if (turns.Count > MaxTurns)
            {
                throw new FormatException($"it has more than {MaxTurns} turns.");
            }
        }

        if (turns.Count == 0 || at >= text.Length || text[at] != ')')
        {
            throw new FormatException("it must be NAME or {NAME, ...}, then at least one value or {value, ...}, then ')'.");
        }

        return new KeepalivedSequence(names, turns, Blanks(text, at + 1));
    }

    /// <summary>One word or several in braces; stands on the comma or parenthesis behind them afterwards.</summary>
    private static List<string> Items(string text, ref int at)
    {
        bool braces = at < text.Length && text[at] == '{';
        at = braces ? Blanks(text, at + 1) : at;
        var items = new List<string>();
        while (true)
        {
            int length = text.AsSpan(at).IndexOfAny(" \t,})");
            int end = length < 0 ? text.Length : at + length;
            items.Add(text[at..end]);
            at = Blanks(text, end);
            if (!braces)
            {
                return items;
            }

            if (at < text.Length && text[at] == '}')
            {
                at = Blanks(text, at + 1);
                return items;
            }

            if (at >= text.Length || text[at] != ',')
            {
                throw new FormatException("a '{' is not closed.");
            }

            at = Blanks(text, at + 1);
        }
    }

    private static int Blanks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }
}
