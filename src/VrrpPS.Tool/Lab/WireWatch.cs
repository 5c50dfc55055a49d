using VrrpPS.Engine.Watch;

namespace VrrpPS.Tool.Lab;

/// <summary>Listens on the client's link and notes every advertisement with its time on the lab's clock.</summary>
internal static class WireWatch
{
    /// <summary>Starts listening; what arrives from now on is noted, until cancelled.</summary>
    public static Task Start(WireLog log, LabTimeline timeline, CancellationToken cancellationToken)
    {
        var watcher = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = LabNames.Of(LabNetwork.ClientRole) });
        return RunAsync(watcher, log, timeline, cancellationToken);
    }

    private static async Task RunAsync(AdvertWatcher watcher, WireLog log, LabTimeline timeline, CancellationToken cancellationToken)
    {
        using (watcher)
        {
            await foreach (var advert in watcher.Adverts.ReadAllAsync(cancellationToken))
            {
                if (advert.Priority is { } priority)
                {
                    log.Add(timeline.At(advert.Timestamp), advert.SourceAddress, priority);
                }
            }
        }
    }
}
