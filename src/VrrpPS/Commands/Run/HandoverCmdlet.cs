using System.Management.Automation;
using VrrpPS.Engine.Runtime;
using VrrpPS.Parameters;

namespace VrrpPS.Commands;

/// <summary>A change that a Master makes by handing its role over first.</summary>
public abstract class HandoverCmdlet : InstanceChangerCmdlet
{
    /// <summary>Releases the addresses at once instead of serving until a successor announces them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The longest wait for a successor; 4 intervals and a second, at most 10 s, unless given. Zero waits for nobody, as -Force.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? HandoverTimeout { get; set; }

    private protected StopOptions Options => new() { Force = Force, HandoverTimeout = HandoverTimeout?.Value };

    private protected override void Report(VrrpInstance instance, StopOutcome outcome)
    {
        if (outcome.WasMaster && outcome.Successor is null && !Force)
        {
            WriteWarning($"No other router took over from '{instance.Key}': its addresses are served by nobody now.");
        }
        else if (outcome.Successor is not null)
        {
            WriteVerbose($"'{instance.Key}' was handed over to {outcome.Successor} in {outcome.Duration.TotalMilliseconds:0} ms.");
        }
    }
}
