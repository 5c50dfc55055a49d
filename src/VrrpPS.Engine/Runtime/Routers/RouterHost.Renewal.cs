using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>
/// Renews the leases, once the advertisement that they belong to is the kernel's. Backups count from that: a process that freezes
/// at the worst moment has advertised and not renewed, so that its addresses are gone when somebody takes over. The other way round
/// the lease would count from an advertisement that nobody heard.
/// </content>
internal sealed partial class RouterHost
{
    /// <summary>When the renewal that is owed was decided on; never when none is.</summary>
    private Instant _renewalDecided = Instant.Never;

    /// <summary>
    /// What was queued has been sent. Renews this router's leases if it owes that. Not together with other routers': a lease
    /// renewed at another's advertisement would outlive the takeover that our own silence allows.
    /// </summary>
    public void AfterSend()
    {
        if (_renewalDecided == Instant.Never)
        {
            return;
        }

        var decided = _renewalDecided;
        _renewalDecided = Instant.Never;
        if (!Router.Serves || Link is not { } link || HasNotSpoken(decided, out var now))
        {
            return;
        }

        if (link.PromotesSecondaries == true && Addresses.WantsWide && !SecondaryPromotion.IsStillOn(link))
        {
            // Somebody switched it off: on again, or the addresses become host addresses now.
            link.PromotesSecondaries = null;
            EnsurePromotion(link);
        }

        var batch = _loop.Batch;
        batch.Clear();
        Addresses.AppendRenewals(link, batch);

        // Nothing to renew where all addresses are the host's own: those last by themselves.
        if (batch.Count > 0 && CommitAll(batch) != 0)
        {
            // The interface is going away or somebody interferes: netlink's own events say what became of the addresses.
            _loop.RequestReload();
        }

        // Counted from before the kernel was asked: it may believe in a longer lease than we do, never in a shorter one.
        Step(Input.LeaseRenewed(), now, _renewalEffects);
        Volatile.Write(ref _leaseEnds, Router.LeaseEnds.Nanoseconds);
    }

    /// <summary>
    /// Whether the advertisement did not leave (it was held back as too old, or refused), or so long ago that the renewal no longer
    /// belongs to it. Both are decided on anew then, once, after what has arrived was taken in.
    /// </summary>
    private bool HasNotSpoken(Instant decided, out Instant now)
    {
        now = MonotonicClock.Now;
        if (_decideAgainAt != Instant.Never || _sendErrno != 0)
        {
            return true;
        }

        if (_isRepeated || now - decided <= Configuration.AdvertisementInterval.Nanoseconds / 10)
        {
            return false;
        }

        _decideAgainAt = now;
        return true;
    }
}
