using System.Management.Automation;
using VrrpPS.Lifecycle;

namespace VrrpPS.Commands;

/// <summary>Shows what instances have sent, received and refused.</summary>
[Cmdlet(VerbsCommon.Get, "VrrpCounter")]
[OutputType(typeof(VrrpCounter))]
public sealed class GetVrrpCounterCommand : InstanceReaderCmdlet
{
    /// <inheritdoc/>
    protected override void OnProcess() => WriteObject(Select(Sources.Counters, InstanceCatalog.KeyOf), enumerateCollection: true);
}
