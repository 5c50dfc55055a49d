namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Removes comments and surrounding blanks from one line.</summary>
internal static class KeepalivedComments
{
    /// <summary>
    /// <c>#</c> and <c>!</c> start a comment anywhere outside double quotes, unless a backslash precedes them; the backslash
    /// then goes. Reports a quote that the line does not close: keepalived's quotes never span lines.
    /// </summary>
    public static KeepalivedLine Strip(KeepalivedLine line, DiagnosticBag diagnostics)
    {
        var result = new KeepalivedLine(line.File, line.Directory);
        int quote = -1;
        int i = 0;
        while (i < line.Length && IsBlank(line[i]))
        {
            i++;
        }

        for (; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '\\' && i + 1 < line.Length)
            {
                bool escapesComment = quote < 0 && line[i + 1] is ('#' or '!');
                if (escapesComment)
                {
                    result.AppendFor(line[i + 1].ToString(), line, i);
                }
                else
                {
                    result.Append(line, i, 2);
                }

                i++;
                continue;
            }

            if (quote < 0 && c is ('#' or '!'))
            {
                break;
            }

            if (c == '"')
            {
                quote = quote < 0 ? result.Length : -1;
            }

            result.Append(line, i, 1);
        }

        if (quote >= 0)
        {
            diagnostics.Error(result.At(quote), ConfigurationCodes.Syntax, "This quote is not closed before the end of its line. Add the closing \".");
            result.AppendFor("\"", result, quote);
        }

        int end = result.Length;
        while (end > 0 && IsBlank(result[end - 1]))
        {
            end--;
        }

        return end == result.Length ? result : result.Slice(0, end);
    }

    public static bool IsBlank(char c) => c is ' ' or '\t' or '\f' or '\v' or '\r';
}
