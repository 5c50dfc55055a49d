using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Splits the text of a script keyword into arguments, as keepalived does before it runs it without a shell.</summary>
internal static class KeepalivedScript
{
    /// <summary>
    /// Blanks separate arguments; single and double quotes keep them together; a backslash takes the next character as it is,
    /// or makes a control character, an octal or a hexadecimal one. Null when a quote is not closed or nothing follows a backslash.
    /// </summary>
    public static List<string>? Split(string text)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        bool open = false;
        char quote = '\0';
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            if (c == '\\')
            {
                if (!TryEscape(text, ref i, current))
                {
                    return null;
                }

                open = true;
            }
            else if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                quote = quote == '\0' ? c : '\0';
                open = true;
                i++;
            }
            else if (quote == '\0' && KeepalivedComments.IsBlank(c))
            {
                End(arguments, current, ref open);
                i++;
            }
            else
            {
                current.Append(c);
                open = true;
                i++;
            }
        }

        End(arguments, current, ref open);
        return quote == '\0' ? arguments : null;
    }

    private static void End(List<string> arguments, StringBuilder current, ref bool open)
    {
        if (open)
        {
            arguments.Add(current.ToString());
            current.Clear();
            open = false;
        }
    }

    private static bool TryEscape(string text, ref int i, StringBuilder current)
    {
        if (++i >= text.Length)
        {
            return false;
        }

        char c = text[i];
        if (c == 'x' && i + 1 < text.Length && char.IsAsciiHexDigit(text[i + 1]))
        {
            i++;
            current.Append((char)Number(text, ref i, 2, 16, char.IsAsciiHexDigit));
        }
        else if (c == 'c' && i + 1 < text.Length)
        {
            current.Append((char)(text[i + 1] & 0x1F));
            i += 2;
        }
        else if (IsOctal(c))
        {
            current.Append((char)(Number(text, ref i, 3, 8, IsOctal) & 0xFF));
        }
        else
        {
            current.Append(c switch
            {
                'a' => '\a',
                'b' => '\b',
                'E' => '\e',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                _ => c,
            });
            i++;
        }

        return true;
    }

    private static bool IsOctal(char c) => c is >= '0' and <= '7';

    private static int Number(string text, ref int i, int most, int radix, Func<char, bool> isDigit)
    {
        int value = 0;
        for (int n = 0; n < most && i < text.Length && isDigit(text[i]); n++, i++)
        {
            value = (value * radix) + int.Parse(text.AsSpan(i, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return value;
    }
}
