using System.Management.Automation;
using VrrpPS.Lifecycle;

namespace VrrpPS.Commands;

/// <summary>Shows who is Master, since when, why, and what is wrong.</summary>
[Cmdlet(VerbsCommon.Get, "VrrpState")]
[OutputType(typeof(VrrpState))]
public sealed class GetVrrpStateCommand : InstanceReaderCmdlet
{
    /// <inheritdoc/>
    protected override void OnProcess() => WriteObject(Select(Sources.States, InstanceCatalog.KeyOf), enumerateCollection: true);
}
