using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>Announces the addresses, many of them in turn, and asks who else has them.</content>
internal sealed partial class RouterHost
{
    private readonly AnnouncementPacer _announcing = new();
    private Instant _nextProbe;
    private int _served;
    private Instant _servedBy;

    private void AnnounceAll(bool isCorrection, int copies, Instant now)
    {
        var decided = now;
        if (isCorrection)
        {
            _announcing.Correct(Addresses.Count, copies, now);
            ProbeAll(now);
        }
        else
        {
            // Binding many addresses takes longer than the spacing: time counts from here.
            now = MonotonicClock.Now;
            _served = 0;
            _servedBy = now + Math.Min(Configuration.AdvertisementInterval.Nanoseconds, Instant.NanosecondsPerSecond);
            _announcing.Begin(Addresses.Count, copies, now);
        }

        ContinueAnnouncing(now, decided);
    }

    private void ContinueAnnouncing(Instant now, Instant decided)
    {
        if (now < _announcing.NextDeadline)
        {
            return;
        }

        if (Router.State != RouterState.Master)
        {
            _announcing.Stop();
            return;
        }

        int end = _announcing.Take((long)Configuration.Announcement.Spacing.TotalNanoseconds, now, Served(now), out int start);
        for (int i = start; i < end; i++)
        {
            // Those of a takeover that comes too late are held back with its advertisement; the long rest is never worth it.
            Announce(i % Addresses.Count, i < AnnouncementPacer.Burst ? decided : Instant.Never);
        }
    }

    /// <summary>
    /// How many addresses, from the first on, the kernel answers for. It acknowledges an IPv6 address before that: the route that
    /// delivers to it is made by a kernel thread, which a busy machine lets wait for milliseconds, and only then is the address told
    /// to those who listen. What is announced earlier is lost to every client that believes it. A Master that was preempted
    /// serves at most an interval longer, so no announcement waits longer than that.
    /// </summary>
    private int Served(Instant now)
    {
        if (Link is null || now >= _servedBy)
        {
            return Addresses.Count;
        }

        while (_served < Addresses.Count
            && (Addresses[_served].Address.Family == AddressFamily.IPv4
                || Addresses.Holding(_served) != AddressHolding.Ours
                || Addresses.LinkOf(_served) is not { } link
                || link.Find(Addresses[_served].Address) is not null))
        {
            _served++;
        }

        return _served;
    }

    /// <summary>
    /// Asks whether somebody else has our addresses: without duplicate address detection the kernel never finds out. Only with
    /// the repeated announcements, when an old Master has long released them; whoever answers is reported, nothing more.
    /// </summary>
    private void ProbeAll(Instant now)
    {
        if (now < _nextProbe || _frames is not { } frames)
        {
            return;
        }

        _nextProbe = now + Instant.NanosecondsPerSecond;
        for (int i = 0; i < Math.Min(Addresses.Count, AnnouncementPacer.Burst); i++)
        {
            if (Addresses.Holding(i) == AddressHolding.Ours && Addresses.LinkOf(i) is { } link)
            {
                _loop.Sender.Add(link.Index, frames.Probe(i), this, Instant.Never, isAdvertisement: false);
            }
        }
    }

    private void Announce(int index, Instant decided)
    {
        if (_frames is { } frames && Addresses.LinkOf(index) is { } link && Addresses.Holding(index) != AddressHolding.Unbound)
        {
            _loop.Sender.Add(link.Index, frames.Announcement(index), this, decided, isAdvertisement: false);
            Counters.AnnouncementsSent++;
        }
    }
}
