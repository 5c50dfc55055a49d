using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// Renews the leases of all addresses of a network namespace together: the kernel's expiry worker runs at most once a second,
/// so of two addresses renewed apart the second would outlive its lease by up to a second. At most once a second, before the
/// advertisement that asked for it, and never for a router that gave its role away.
/// </summary>
internal sealed class LeaseKeeper(NamespaceLoop loop)
{
    /// <summary>A little less than a second, so that an advertisement sent every second (and a little early) finds it over.</summary>
    private const long Period = Instant.NanosecondsPerSecond - (50 * Instant.NanosecondsPerMillisecond);

    private Instant _last = new(long.MinValue / 2);

    /// <summary>A router is about to advertise and wants its leases renewed.</summary>
    public void Renew(Instant now)
    {
        if (now - _last < Period)
        {
            return;
        }

        _last = now;
        var batch = loop.Batch;
        batch.Clear();
        foreach (var router in loop.Routers)
        {
            if (router.RenewsLeases)
            {
                router.Addresses.AppendRenewals(router.Link!, batch);
            }
        }

        if (batch.Count == 0)
        {
            return;
        }

        int refused = batch.Commit();
        foreach (var router in loop.Routers)
        {
            if (router.RenewsLeases)
            {
                router.OnLeaseRenewed(now);
            }
        }

        if (refused > 0)
        {
            // The interface is going away or somebody interferes: netlink's own events say what became of the addresses.
            loop.RequestReload();
        }
    }
}
