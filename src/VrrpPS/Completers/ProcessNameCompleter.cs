using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Names of processes that run.</summary>
public sealed class ProcessNameCompleter : VrrpCompleter
{
    private const string Folder = "/proc";

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => Entries(Folder)
            .Where(static name => char.IsAsciiDigit(name[0]))
            .Select(static name => NameOf(Path.Combine(Folder, name, "comm")))
            .OfType<string>()
            .GroupBy(static name => name, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static group => (group.Key, group.Count() == 1 ? "1 process" : $"{group.Count()} processes"));

    private static string? NameOf(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
