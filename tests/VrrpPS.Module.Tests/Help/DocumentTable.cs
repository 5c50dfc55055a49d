using System.Text.RegularExpressions;

namespace VrrpPS.Module.Tests.Help;

/// <summary>The table of one section of a page in docs/: a row's first cell has one or more names in backticks.</summary>
internal static partial class DocumentTable
{
    /// <summary>The rows of a section's table, without its head.</summary>
    /// <param name="page">The page, such as <c>errors.md</c>.</param>
    /// <param name="section">The heading of the section.</param>
    /// <returns>The names of each row, and its other cells.</returns>
    public static IReadOnlyList<(string[] Names, string[] Cells)> Rows(string page, string section)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", page));
        string body = text.Split("\n## ").SingleOrDefault(part => part.StartsWith($"{section}\n", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"docs/{page} has no section '{section}'.");
        return [.. from line in body.Split('\n')
                   where line.StartsWith("| `", StringComparison.Ordinal)
                   let cells = line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray()
                   select (Names(cells[0]), cells[1..])];
    }

    private static string[] Names(string cell) => [.. Name.Matches(cell).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex("`(?<name>[A-Za-z0-9]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
