using System.Management.Automation;
using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Jobs;

namespace VrrpPS.Commands;

/// <summary>Hands over, releases the addresses and starts the instance again as it is configured; its job goes on.</summary>
[Cmdlet(VerbsLifecycle.Restart, "VrrpInstance", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpInstance))]
public sealed class RestartVrrpInstanceCommand : HandoverCmdlet
{
    private protected override string Action => "Hand over, release the addresses and start again";

    private protected override async Task<StopOutcome?> ChangeAsync(IVrrpEngine engine, VrrpInstance instance)
    {
        if (engine is ServiceEngine service)
        {
            return await service.RestartAsync(instance.Key, Options, StopToken);
        }

        var outcome = await engine.StopAsync(instance.Key, Options, StopToken);
        try
        {
            // Not cancelled by Ctrl+C: a restart that stops half-way is a stop.
            await engine.StartAsync(instance.Configuration, CancellationToken.None);
        }
        catch (VrrpException refusal)
        {
            JobTable.Take(instance.Key)?.MarkFailed(refusal);
            throw;
        }

        return outcome;
    }
}
