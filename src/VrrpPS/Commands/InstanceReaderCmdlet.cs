using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Runtime;
using VrrpPS.Errors;

namespace VrrpPS.Commands;

/// <summary>A command that reads instances chosen by name; objects of any other command of the module can be piped in.</summary>
public abstract class InstanceReaderCmdlet : VrrpCmdlet
{
    /// <summary>Names of instances, with wildcards; all instances without it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The named network namespace to look in; '' is the session's own, all without it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    private protected IReadOnlyList<T> Select<T>(IReadOnlyList<T> items, Func<T, InstanceKey> keyOf)
        => InstanceSelector.Select(
            items, keyOf, Name, NamespaceFilter.From(Typed(nameof(NetworkNamespace)), NetworkNamespace), refusal => WriteError(ErrorRecords.From(refusal)));
}
