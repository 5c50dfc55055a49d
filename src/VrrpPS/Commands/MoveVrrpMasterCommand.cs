using System.Management.Automation;
using VrrpPS.Engine.Runtime;
using VrrpPS.Parameters;

namespace VrrpPS.Commands;

/// <summary>
/// Hands the Master role to another node without losing a request, and holds back afterwards. Without a successor the node
/// remains Master.
/// </summary>
[Cmdlet(VerbsCommon.Move, "VrrpMaster", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpInstance))]
public sealed class MoveVrrpMasterCommand : InstanceChangerCmdlet
{
    /// <summary>How long the node does not preempt afterwards; until it is resumed or becomes Master by a timeout unless given.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? HoldFor { get; set; }

    /// <summary>How long to wait for a successor; 4 intervals and 2 s unless given.</summary>
    [Parameter]
    [Duration]
    [Alias("TimeoutSec", "TimeoutSeconds")]
    public VrrpDuration? Timeout { get; set; }

    private protected override string Action => "Hand the Master role over and hold back";

    private protected override async Task<StopOutcome?> ChangeAsync(IVrrpEngine engine, VrrpInstance instance)
    {
        var outcome = await engine.MoveAsync(instance.Key, new MoveOptions { HoldFor = HoldFor?.Value, Timeout = Timeout?.Value }, StopToken);
        return new StopOutcome(WasMaster: true, outcome.Successor, outcome.Duration);
    }

    private protected override void Report(VrrpInstance instance, StopOutcome outcome)
        => WriteVerbose($"'{instance.Key}' was handed over to {outcome.Successor} in {outcome.Duration.TotalMilliseconds:0} ms.");
}
