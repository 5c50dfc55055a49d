using System.Management.Automation;
using VrrpPS.Lifecycle;

namespace VrrpPS.Commands;

/// <summary>Shows the configuration and state of running instances.</summary>
[Cmdlet(VerbsCommon.Get, "VrrpInstance")]
[OutputType(typeof(VrrpInstance))]
public sealed class GetVrrpInstanceCommand : InstanceReaderCmdlet
{
    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (var configuration in Select(InstanceCatalog.Configurations, InstanceCatalog.KeyOf))
        {
            WriteObject(new VrrpInstance(configuration));
        }
    }
}
