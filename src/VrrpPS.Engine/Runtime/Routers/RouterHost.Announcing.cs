using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>Announces the addresses: many of them in turn, so that no switch takes them for a flood.</content>
internal sealed partial class RouterHost
{
    /// <summary>The first announcements of a burst leave at once; the rest is spaced, because switches with ARP inspection disable ports that burst.</summary>
    private const int AnnouncementBurst = 64;

    private int _announceNext;
    private bool _announceAgain;
    private Instant _announceAt = Instant.Never;

    private void BeginAnnouncing(Instant now)
    {
        if (_announceAt != Instant.Never && _announceNext >= AnnouncementBurst)
        {
            // Many addresses are on their turn. Starting over would never get to the last of them; they come once more afterwards.
            _announceAgain = true;
            return;
        }

        _announceNext = 0;
        _announceAt = now;
        ContinueAnnouncing(now);
    }

    private void StopAnnouncing()
    {
        _announceAt = Instant.Never;
        _announceAgain = false;
    }

    private void ContinueAnnouncing(Instant now)
    {
        if (now < _announceAt)
        {
            return;
        }

        long spacing = (long)Configuration.Announcement.Spacing.TotalNanoseconds;
        int burst = _announceNext < AnnouncementBurst ? AnnouncementBurst - _announceNext : spacing == 0 ? int.MaxValue : 1;
        while (_announceNext < Addresses.Count && burst-- > 0)
        {
            Announce(_announceNext++, now);
        }

        if (_announceNext >= Addresses.Count && _announceAgain)
        {
            _announceAgain = false;
            _announceNext = 0;
            _announceAt = now + Instant.NanosecondsPerSecond;
            return;
        }

        _announceAt = _announceNext < Addresses.Count ? now + spacing : Instant.Never;
    }

    private void Announce(int index, Instant now)
    {
        if (_frames is { } frames && Link is { } link && Addresses.Holding(index) != AddressHolding.Unbound)
        {
            // Of a takeover that comes too late, the first ones are held back with its advertisement; the long rest is never worth it.
            _loop.Sender.Add(link.Index, frames.Announcement(index), this, index < AnnouncementBurst ? now : Instant.Never, isAdvertisement: false);
            Counters.AnnouncementsSent++;
        }
    }
}
