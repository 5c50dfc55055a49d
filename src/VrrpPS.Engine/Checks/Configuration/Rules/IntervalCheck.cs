using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Version 2 discards another interval (RFC 3768 section 7.1); version 3 adopts the Master's (RFC 9568 section 6.4.2).</summary>
internal sealed class IntervalCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var group in set.Groups)
        {
            // What a node of version 2 hears is rounded to seconds.
            bool isMixed = group.Members.Any(static member => member.Instance.Version == VrrpVersion.V2);
            if (group.Differences(member => Heard(member, isMixed), static interval => interval.ToString()) is not { } differences)
            {
                continue;
            }

            yield return isMixed
                ? Finding.Error(
                    FindingCodes.IntervalDiffers,
                    group.Subject,
                    $"The nodes advertise at different intervals ({differences}). Version 2 discards an advertisement with another interval: both become Master.",
                    "Choose one interval on every node.")
                : Finding.Warning(
                    FindingCodes.IntervalDiffers,
                    group.Subject,
                    $"The nodes advertise at different intervals ({differences}). A Backup adopts the Master's, so how long a failover takes depends on who failed.",
                    "Choose one interval on every node.");
        }
    }
    private static Interval Heard(RouterMember member, bool isMixed)
        => isMixed && member.Instance.Version2Compatibility ? member.Instance.AdvertisementInterval.RoundUpToSeconds() : member.Instance.AdvertisementInterval;
}
