using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Runtime;
using VrrpPS.Errors;
using VrrpPS.Lifecycle;

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

    /// <summary>Looks in the vrrpps service only, and not in this session.</summary>
    [Parameter]
    public SwitchParameter Service { get; set; }

    /// <summary>Looks only in the service that answers on this control socket; '' looks only in this session. The usual places are /run/vrrpps/control.sock and vrrpps.sock in $XDG_RUNTIME_DIR.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SocketPathCompleter))]
    public string? SocketPath { get; set; }

    /// <summary>Where to look.</summary>
    private protected InstanceSources Sources => SourcesOf(Service, SocketPath);

    private protected IReadOnlyList<T> Select<T>(IReadOnlyList<T> items, Func<T, InstanceKey> keyOf)
        => InstanceSelector.Select(
            items, keyOf, Name, NamespaceFilter.From(Typed(nameof(NetworkNamespace)), NetworkNamespace), refusal => WriteError(ErrorRecords.From(refusal)));
}
