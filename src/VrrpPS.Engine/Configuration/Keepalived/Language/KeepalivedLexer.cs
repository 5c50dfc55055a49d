using System.Text;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The second layer: splits a line into words and braces.</summary>
internal static class KeepalivedLexer
{
    /// <summary>
    /// Blanks separate words; a word in double quotes may contain blanks and braces; an unquoted brace stands for itself
    /// wherever it is. A backslash inside quotes keeps a quote in the word.
    /// </summary>
    public static List<KeepalivedWord> Split(KeepalivedLine line)
    {
        var words = new List<KeepalivedWord>();
        int i = 0;
        while (i < line.Length)
        {
            char c = line[i];
            if (KeepalivedComments.IsBlank(c))
            {
                i++;
            }
            else if (c is '{' or '}')
            {
                words.Add(new KeepalivedWord(c.ToString(), line.At(i), IsQuoted: false));
                i++;
            }
            else if (c == '"')
            {
                words.Add(Quoted(line, ref i));
            }
            else
            {
                int start = i;
                while (i < line.Length && !KeepalivedComments.IsBlank(line[i]) && line[i] is not '{' and not '}' and not '"')
                {
                    i++;
                }

                words.Add(new KeepalivedWord(line.Slice(start, i).Text, line.At(start), IsQuoted: false));
            }
        }

        return words;
    }

    private static KeepalivedWord Quoted(KeepalivedLine line, ref int i)
    {
        var text = new StringBuilder();
        var at = line.At(i++);
        while (i < line.Length && line[i] != '"')
        {
            if (line[i] == '\\' && i + 1 < line.Length && line[i + 1] == '"')
            {
                i++;
            }

            text.Append(line[i++]);
        }

        i++;
        return new KeepalivedWord(text.ToString(), at, IsQuoted: true);
    }
}
