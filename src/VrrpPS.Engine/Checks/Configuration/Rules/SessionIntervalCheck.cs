using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>A PowerShell session pauses for garbage collection; the service hardly does.</summary>
internal sealed class SessionIntervalCheck : IConfigurationCheck
{
    private static readonly Interval s_shortest = new(50);

    public IEnumerable<VrrpFinding> Check(NodeSet set)
        => set.Members.Where(static member => member.Instance.AdvertisementInterval < s_shortest).Select(static member => Finding.Warning(
            FindingCodes.IntervalUnsafeInSession,
            member.Subject,
            $"An interval of {member.Instance.AdvertisementInterval} is safe in the vrrpps service only: a busy PowerShell session can pause longer than the Backups wait.",
            $"Run it with the vrrpps service, or choose {s_shortest} or more for Start-VrrpInstance."));
}
