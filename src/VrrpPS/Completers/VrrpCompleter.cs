using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Lifecycle;

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

    /// <summary>The states of the instances that the command line can mean so far; a service that does not answer has none.</summary>
    private protected static IReadOnlyList<VrrpState> States(IDictionary bound)
    {
        try
        {
            bool serviceOnly = bound.Contains("Service");
            using var scopes = new SourceScopes(static path => path, static _ => { });
            var sources = scopes.Of(serviceOnly, bound.Contains("SocketPath"), bound["SocketPath"] as string);
            return sources.States;
        }
        catch (VrrpException)
        {
            return [];
        }
    }

    /// <summary>Asks the kernel in the namespace that the command line names so far; nothing where that may not be done.</summary>
    private protected static IReadOnlyList<T> Kernel<T>(IDictionary bound, Func<RouteNetlink, IReadOnlyList<T>> ask)
    {
        try
        {
            string? name = (bound["NetworkNamespace"] as string ?? (bound["NetworkNamespace"] as string[])?.FirstOrDefault()) is { Length: > 0 } given ? given : null;
            using var place = NetworkNamespace.OpenOrCurrent(name);
            return place.RunInside(() =>
            {
                using var netlink = RouteNetlink.Open();
                return ask(netlink);
            });
        }
        catch (Exception e) when (e is VrrpException or KernelException)
        {
            return [];
        }
    }

    private static string Quote(string text)
        => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
