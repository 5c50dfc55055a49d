using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace VrrpPS.Completers;

/// <summary>Completes from a list of texts with an explanation each; quotes what PowerShell would not take bare.</summary>
public abstract class VrrpCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        return Candidates(fakeBoundParameters)
            .Where(candidate => candidate.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(static candidate => new CompletionResult(Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip));
    }

    /// <summary>What can be typed here.</summary>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound);

    /// <summary>The entries of a folder of the kernel's file systems; none where it does not exist.</summary>
    private protected static IEnumerable<string> Entries(string folder)
        => Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal) : [];

    private static string Quote(string text)
        => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
