using System.Management.Automation;
using VrrpPS.Lifecycle;

namespace VrrpPS.Commands;

/// <summary>Shows every change of state since the session began, oldest first, also of instances that were stopped.</summary>
[Cmdlet(VerbsCommon.Get, "VrrpHistory")]
[OutputType(typeof(VrrpTransition))]
public sealed class GetVrrpHistoryCommand : InstanceReaderCmdlet
{
    /// <inheritdoc/>
    protected override void OnProcess() => WriteObject(Select(Sources.History, InstanceCatalog.KeyOf), enumerateCollection: true);
}
