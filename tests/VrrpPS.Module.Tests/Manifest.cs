using System.Text.RegularExpressions;

namespace VrrpPS.Module.Tests;

/// <summary>The module manifest read as text: nothing of it is executed.</summary>
internal static class Manifest
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.ModuleSource, "VrrpPS.psd1"));

    public static string Value(string key)
    {
        var match = Regex.Match(Text, $@"^\s*{key}\s*=\s*'(?<text>[^']*)'", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        return match.Success ? match.Groups["text"].Value : throw new KeyNotFoundException(key);
    }

    public static IReadOnlyList<string> List(string key)
    {
        var match = Regex.Match(Text, $@"^\s*{key}\s*=\s*@\((?<text>[^)]*)\)", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        return match.Success ? [.. Quoted.Matches(match.Groups["text"].Value).Select(m => m.Groups["text"].Value)] : throw new KeyNotFoundException(key);
    }

    private static Regex Quoted { get; } = new("'(?<text>[^']*)'", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
}
