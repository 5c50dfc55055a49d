using System.Management.Automation;

namespace VrrpPS.Commands;

/// <summary>Shows the configuration and state of running instances.</summary>
[Cmdlet(VerbsCommon.Get, "VrrpInstance")]
[OutputType(typeof(VrrpInstance))]
public sealed class GetVrrpInstanceCommand : InstanceReaderCmdlet
{
    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (var instance in Select(Sources.Instances, static instance => instance.Key))
        {
            WriteObject(instance);
        }
    }
}
