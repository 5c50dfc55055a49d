using System.Management.Automation;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Commands;

/// <summary>Hands over and takes no part in the election until Resume-VrrpInstance.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "VrrpInstance", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpInstance))]
public sealed class SuspendVrrpInstanceCommand : HandoverCmdlet
{
    private protected override string Action => "Hand over and take no part in the election";

    private protected override async Task<StopOutcome?> ChangeAsync(IVrrpEngine engine, VrrpInstance instance)
        => await engine.SuspendAsync(instance.Key, Options, StopToken);
}
