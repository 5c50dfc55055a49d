using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Linux.Orphans;

namespace VrrpPS.Commands;

/// <summary>Removes addresses, routes, rules and links of virtual MAC addresses that a dead engine left; never one of a living engine.</summary>
[Cmdlet(VerbsCommon.Remove, "VrrpOrphan", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpOrphan))]
public sealed class RemoveVrrpOrphanCommand : VrrpCmdlet
{
    /// <summary>Orphans that Get-VrrpOrphan found.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.InputObject)]
    public VrrpOrphan[] InputObject { get; set; } = [];

    /// <summary>Interfaces to clean, with the wildcards * and ?; all without it.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.Name)]
    [SupportsWildcards]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] InterfaceName { get; set; } = [];

    /// <summary>The named network namespace to clean; the session's own without it.</summary>
    [Parameter(ParameterSetName = ParameterSets.Name)]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    /// <summary>Emits what was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        var orphans = ParameterSetName is ParameterSets.InputObject
            ? InputObject
            : OrphanSearch.Find(string.IsNullOrEmpty(NetworkNamespace) ? null : NetworkNamespace, InterfaceName);
        foreach (var orphan in orphans)
        {
            Guard(() => Remove(orphan), orphan);
        }
    }

    private void Remove(VrrpOrphan orphan)
    {
        string target = orphan.NetworkNamespace is null ? orphan.ToString() : $"{orphan} in {orphan.NetworkNamespace}";
        if (ShouldProcess(target, $"Remove the {orphan.Kind.ToString().ToLowerInvariant()}") && OrphanSearch.Remove(orphan) && PassThru)
        {
            WriteObject(orphan);
        }
    }
}
