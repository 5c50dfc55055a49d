using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Whether a dead or frozen node's addresses are gone before somebody else has them.</summary>
internal sealed class LeaseCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var member in set.Members)
        {
            var instance = member.Instance;
            if (instance.NoAddressLease)
            {
                yield return Finding.Warning(
                    FindingCodes.NoAddressLease,
                    member.Subject,
                    "The addresses are bound for ever: if this node freezes, or the process and its guard are killed together, it keeps them while the successor has them, too.",
                    "Leave the lease on, unless many addresses make its renewal too costly; Remove-VrrpOrphan cleans up.");
                continue;
            }

            long overlap = ElectionTimers.LeaseOverlap(RouterHost.LeaseOf(instance), instance.AdvertisementInterval);
            if (overlap > 0)
            {
                yield return Finding.Warning(
                    FindingCodes.LeaseOverlap,
                    member.Subject,
                    $"At an interval of {instance.AdvertisementInterval} a frozen node keeps its addresses up to {DurationText.Format(TimeSpan.FromMicroseconds(overlap / 1000))} after the takeover: the kernel counts a lease in whole seconds, at least 2. A killed process loses them at once all the same.",
                    $"Choose an interval of {Interval.OneSecond} or more, or leave -AddressLease out, if both nodes having the address for that long matters.");
            }
        }
    }
}
