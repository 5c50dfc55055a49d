using System.Management.Automation;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Commands;

/// <summary>Hands over, releases the addresses and removes the instance; its history stays until the session ends.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VrrpInstance", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpInstance))]
public sealed class StopVrrpInstanceCommand : HandoverCmdlet
{
    private protected override string Action => "Hand over, release the addresses and remove";

    private protected override async Task<StopOutcome?> ChangeAsync(IVrrpEngine engine, VrrpInstance instance)
        => instance.GetJob() is { } job
            ? await job.StopAsync(engine, Options, JobState.Completed, StopToken)
            : await engine.StopAsync(instance.Key, Options, StopToken);
}
