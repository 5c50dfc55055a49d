using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
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
    /// What was queued has been sent. Has this router's leases renewed in this turn if it owes that, and only then: a lease renewed at
    /// another's advertisement would outlive the takeover that our own silence allows.
    /// </summary>
    public void AfterSend()
    {
        var failure = JudgeSending();
        RenewIfSpoken();
        (_offered, _refused, _sendErrno) = (0, 0, 0);
        if (failure is { } input)
        {
            Run(input, MonotonicClock.Now);
        }
    }

    private void RenewIfSpoken()
    {
        if (_renewalDecided == Instant.Never)
        {
            return;
        }

        var decided = _renewalDecided;
        _renewalDecided = Instant.Never;
        if (!Router.Serves || Link is null || HasNotSpoken(decided, out var now))
        {
            return;
        }

        for (int i = 0; i < Addresses.Count; i++)
        {
            if (Addresses.IsWide(i) && Addresses.LinkOf(i) is { PromotesSecondaries: true } link && IsFirstOn(link, i) && !SecondaryPromotion.IsStillOn(link, now))
            {
                // Somebody switched it off: on again, or the addresses become host addresses now.
                link.PromotesSecondaries = null;
                EnsurePromotion(link);
            }
        }

        // Counted from before the kernel is asked: it may believe in a longer lease than we do, never in a shorter one.
        if (!_loop.Renewals.Add(this, Addresses, now))
        {
            // Bound with another prefix length from now on: the guard must name that one.
            _loop.GuardAlso(this);
        }
    }

    /// <summary>The kernel has been asked to renew this router's leases.</summary>
    /// <param name="requests">What it was asked for.</param>
    /// <param name="isRefused">Whether it has refused any of this turn's.</param>
    /// <param name="unreachable">Why it could not be asked at all; null when it could.</param>
    /// <param name="now">From when the lease counts.</param>
    public void OnRenewed(ReadOnlySpan<AddressBatchResult> requests, bool isRefused, KernelException? unreachable, Instant now)
    {
        if (unreachable is not null)
        {
            OnUnreachable(unreachable, requests);
        }
        else if (isRefused)
        {
            // The interface is going away or somebody interferes: netlink's own events say what became of the addresses.
            _loop.RequestReload();
        }

        var effects = _loop.Effects.Rent();
        Step(Input.LeaseRenewed(), now, effects);
        _loop.Effects.Return(effects);
        Volatile.Write(ref _leaseEnds, Router.LeaseEnds.Nanoseconds);
    }

    /// <summary>Whether no wide address before this one is on the interface: each is asked about once.</summary>
    private bool IsFirstOn(Link link, int index)
    {
        for (int i = 0; i < index; i++)
        {
            if (Addresses.IsWide(i) && Addresses.LinkOf(i) == link)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// A bind that belongs to an advertisement comes after it, as a renewal does, and for the same reason. Whether it has to be put
    /// off until it is decided anew, because the advertisement did not leave or too much time has passed since.
    /// </summary>
    private bool PutsOffBind(Instant decided)
    {
        _loop.Sender.Flush();
        if (!HasNotSpoken(decided, out var now))
        {
            return false;
        }

        _owesBind = true;
        _owesAnnouncements = true;
        _decideAgainAt = now;
        return true;
    }

    /// <summary>
    /// Whether the advertisement did not leave (it was held back as too old, or refused), or so long ago that the renewal no longer
    /// belongs to it. Both are decided on anew then, once, after what has arrived was taken in.
    /// </summary>
    private bool HasNotSpoken(Instant decided, out Instant now)
    {
        now = MonotonicClock.Now;
        if (_decideAgainAt != Instant.Never || IsRefused)
        {
            return true;
        }

        if (_isRepeated || now - decided <= _sending.Interval / 10)
        {
            return false;
        }

        _decideAgainAt = now;
        return true;
    }
}
