using System.Management.Automation;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Commands;

/// <summary>Lets a suspended or held instance take part in the election again.</summary>
[Cmdlet(VerbsLifecycle.Resume, "VrrpInstance", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpInstance))]
public sealed class ResumeVrrpInstanceCommand : InstanceChangerCmdlet
{
    private protected override string Action => "Take part in the election again";

    private protected override async Task<StopOutcome?> ChangeAsync(IVrrpEngine engine, VrrpInstance instance)
    {
        await engine.ResumeAsync(instance.Key, StopToken);
        return null;
    }
}
