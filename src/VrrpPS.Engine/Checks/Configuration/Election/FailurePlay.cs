using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>Plays failures of virtual routers that depend on each other, each on a fresh segment.</summary>
internal static class FailurePlay
{
    /// <summary>Starts all nodes together, lets one failure happen and end, and tells for each virtual router who was Master when.</summary>
    public static IReadOnlyList<FailureResult> Play(RouterSite site, Failure failure)
    {
        var segment = Begin(site);
        segment.RunPastAdvertisement(site.Groups[0]);
        var before = site.Groups.ToDictionary(static group => group, group => (Masters: segment.MastersOf(group), Unserved: segment.UnservedOf(group)));
        failure.Happen(segment);
        segment.Run(Settling(site));
        var during = site.Groups.ToDictionary(static group => group, group => (
            Masters: segment.MastersOf(group),
            Left: Left(segment, group),
            Outage: segment.UnservedOf(group) - before[group].Unserved));
        failure.End(segment);
        segment.Run(Starting(site) + Settling(site));
        return [.. site.Groups.Select(group => new FailureResult(
            group, before[group].Masters, during[group].Masters, during[group].Left, segment.MastersOf(group), during[group].Outage))];
    }

    /// <summary>A segment whose nodes were started together and have settled.</summary>
    public static ElectionSegment Begin(RouterSite site)
    {
        var segment = new ElectionSegment(site);
        segment.Start(segment.Routers);
        segment.Run(Starting(site) + Settling(site));
        return segment;
    }

    /// <summary>
    /// Nanoseconds after which nothing changes any more: a Backup's wait, the wait before preempting, and a margin; in a sync group one
    /// member's wait may follow the other's.
    /// </summary>
    public static long Settling(RouterSite site)
    {
        long one = site.Members.Max(static member => (long)member.Instance.PreemptDelay.TotalNanoseconds)
            + (12 * site.Members.Max(static member => member.Instance.AdvertisementInterval.Nanoseconds)) + (2 * Instant.NanosecondsPerSecond);
        return site.Groups.Count > 1 ? 2 * one : one;
    }

    private static SimulatedRouter[] Left(ElectionSegment segment, RouterGroup group)
        => [.. segment.RoutersOf(group).Where(static router => router is { IsAlive: true, IsConnected: true, Machine.Faults: FaultReasons.None })];

    private static long Starting(RouterSite site) => site.Members.Max(static member => (long)member.Instance.StartupDelay.TotalNanoseconds);
}
