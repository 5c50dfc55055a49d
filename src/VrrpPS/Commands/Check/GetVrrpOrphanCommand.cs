using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Linux.Orphans;

namespace VrrpPS.Commands;

/// <summary>Finds addresses, routes, rules and links of virtual MAC addresses that a dead engine left.</summary>
[Cmdlet(VerbsCommon.Get, "VrrpOrphan")]
[OutputType(typeof(VrrpOrphan))]
public sealed class GetVrrpOrphanCommand : VrrpCmdlet
{
    /// <summary>Interfaces to look at, with the wildcards * and ?; all without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] InterfaceName { get; set; } = [];

    /// <summary>The named network namespaces to look in; the session's own without it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string[] NetworkNamespace { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        string[] spaces = NetworkNamespace.Length == 0 ? [string.Empty] : NetworkNamespace;
        foreach (string space in spaces)
        {
            Guard(() => WriteObject(OrphanSearch.Find(space.Length == 0 ? null : space, InterfaceName), enumerateCollection: true), space);
        }
    }
}
