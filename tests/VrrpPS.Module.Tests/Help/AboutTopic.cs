using System.Text;
using System.Text.RegularExpressions;

namespace VrrpPS.Module.Tests.Help;

/// <summary>
/// An about topic whose lists come from docs/: a line <c>@list errors.md Faults</c> of its source in src/VrrpPS/Help becomes the
/// table of that section, so that shell and page never say different things.
/// </summary>
internal static partial class AboutTopic
{
    /// <summary>How wide a line may be.</summary>
    public const int Width = 80;

    private const string Directive = "@list ";

    /// <summary>The whole topic.</summary>
    public static string Text(string topic)
    {
        var text = new StringBuilder();
        foreach (string line in File.ReadLines(Path.Combine(HelpSource.Folder, $"{topic}.txt")))
        {
            if (!line.StartsWith(Directive, StringComparison.Ordinal))
            {
                _ = text.Append(line).Append('\n');
                continue;
            }

            string[] words = line[Directive.Length..].Split(' ', 2);
            foreach (var (names, cells) in DocumentTable.Rows(words[0], words[1]))
            {
                Append(text, string.Join(", ", names), indent: 4);
                Append(text, Sentence(cells[^2]), indent: 8);
                Append(text, $"-> {Sentence(cells[^1])}", indent: 8);
            }
        }

        return text.ToString();
    }

    /// <summary>Writes a text in lines of at most <see cref="Width"/> characters.</summary>
    private static void Append(StringBuilder text, string words, int indent)
    {
        int column = 0;
        foreach (string word in words.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > Width)
            {
                _ = text.Append('\n');
                column = 0;
            }

            _ = column == 0 ? text.Append(' ', indent) : text.Append(' ');
            _ = text.Append(word);
            column += (column == 0 ? indent : 1) + word.Length;
        }

        _ = text.Append('\n');
    }

    /// <summary>A cell as it is read in a terminal, with a full stop.</summary>
    private static string Sentence(string cell)
    {
        string plain = Link.Replace(cell, match => match.Groups["target"].Value switch
        {
            ['#', ..] => match.Groups["text"].Value,
            string target => $"docs/{target}",
        }).Replace("`", string.Empty, StringComparison.Ordinal);
        return plain.EndsWith('.') ? plain : $"{plain}.";
    }

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<target>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link { get; }
}
