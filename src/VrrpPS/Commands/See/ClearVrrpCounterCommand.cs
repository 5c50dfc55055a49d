using System.Management.Automation;
using VrrpPS.Engine.Runtime;
using VrrpPS.Lifecycle;

namespace VrrpPS.Commands;

/// <summary>Sets the counters of instances to zero.</summary>
[Cmdlet(VerbsCommon.Clear, "VrrpCounter", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpCounter))]
public sealed class ClearVrrpCounterCommand : InstanceChangerCmdlet
{
    private protected override string Action => "Set the counters to zero";

    private protected override async Task<StopOutcome?> ChangeAsync(IVrrpEngine engine, VrrpInstance instance)
    {
        await engine.ClearCountersAsync(instance.Key, StopToken);
        return null;
    }

    private protected override object? Result(VrrpInstance instance)
        => Sources.EngineOf(instance).GetCounters().FirstOrDefault(counter => InstanceCatalog.KeyOf(counter) == instance.Key);
}
