using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace VrrpPS.Completers;

/// <summary>Files of the kinds that a parameter means, and the folders on the way to them.</summary>
public abstract class PathCompleter : IArgumentCompleter
{
    /// <summary>The endings that are meant, with their dots.</summary>
    private protected abstract string[] Endings { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        => CompletionCompleters.CompleteFilename(wordToComplete)
            .Where(result => result.ResultType == CompletionResultType.ProviderContainer || Endings.Any(ending => result.ListItemText.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
}
