using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>Plays failures of one virtual router, each on a fresh segment.</summary>
internal static class FailurePlay
{
    /// <summary>Starts all nodes together, lets one failure happen and end, and tells who was Master when.</summary>
    public static FailureResult Play(RouterGroup group, Failure failure)
    {
        var segment = Begin(group);
        segment.RunPastAdvertisement();
        var before = segment.Masters;
        long unserved = segment.Unserved;
        failure.Happen(segment);
        segment.Run(Settling(group));
        long outage = segment.Unserved - unserved;
        var during = segment.Masters;
        var left = segment.Routers.Where(static router => router is { IsAlive: true, IsConnected: true, Machine.Faults: FaultReasons.None }).ToArray();
        failure.End(segment);
        segment.Run(Starting(group) + Settling(group));
        return new FailureResult(before, during, left, segment.Masters, outage);
    }

    /// <summary>A segment whose nodes were started together and have settled.</summary>
    public static ElectionSegment Begin(RouterGroup group)
    {
        var segment = new ElectionSegment(group);
        segment.Start(segment.Routers);
        segment.Run(Starting(group) + Settling(group));
        return segment;
    }

    /// <summary>Nanoseconds after which nothing changes any more: a Backup's wait, the wait before preempting, and a margin.</summary>
    public static long Settling(RouterGroup group) => group.Members.Max(static member => (long)member.Instance.PreemptDelay.TotalNanoseconds)
        + (12 * group.Members.Max(static member => member.Instance.AdvertisementInterval.Nanoseconds)) + (2 * Instant.NanosecondsPerSecond);

    private static long Starting(RouterGroup group) => group.Members.Max(static member => (long)member.Instance.StartupDelay.TotalNanoseconds);
}
