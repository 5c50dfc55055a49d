using System.Management.Automation;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Commands;

/// <summary>
/// Announces all addresses of a Master again (gratuitous ARP, unsolicited neighbor advertisement): for switches and hosts that
/// still believe the old Master.
/// </summary>
[Cmdlet(VerbsCommunications.Send, "VrrpAnnouncement", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpInstance))]
public sealed class SendVrrpAnnouncementCommand : InstanceChangerCmdlet
{
    private protected override string Action => "Announce the virtual addresses";

    private protected override async Task<StopOutcome?> ChangeAsync(IVrrpEngine engine, VrrpInstance instance)
    {
        await engine.AnnounceAsync(instance.Key, StopToken);
        return null;
    }
}
