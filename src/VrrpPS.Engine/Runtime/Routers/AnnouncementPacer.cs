using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>
/// Spreads the announcements of many addresses: the first leave at once, the rest one per spacing, because switches with ARP
/// inspection disable a port that bursts. Announcing everything once more in answer to a rival keeps a gap in the long run: answers may be due a
/// hundred times a second. But a rival that has just taken over announces after it advertised, and what is said in between is overwritten.
/// </summary>
internal sealed class AnnouncementPacer
{
    /// <summary>How many leave at once.</summary>
    public const int Burst = 64;

    /// <summary>What is spaced more closely than this leaves together, once per this time.</summary>
    private const long Turn = 4 * Instant.NanosecondsPerMillisecond;

    /// <summary>How soon an address that is not ready is looked at again, if nothing was heard of it by then.</summary>
    private const long ReadyGap = Instant.NanosecondsPerMillisecond;

    /// <summary>One correction per this time in the long run.</summary>
    private const long CorrectionGap = 100 * Instant.NanosecondsPerMillisecond;

    /// <summary>How much of it may be used up ahead: three may follow one another, as where three have taken over at once.</summary>
    private const long CorrectionCredit = 2 * CorrectionGap;

    private int _next;
    private int _count;
    private int _copies;
    private int _copiesOnceMore;
    private bool _onceMore;
    private bool _waits;
    private Instant _since;

    /// <summary>Until when the corrections that have left would last, had they kept the gap.</summary>
    private Instant _corrected;

    /// <summary>When <see cref="Take"/> has something to hand out; never if nothing is left.</summary>
    public Instant NextDeadline { get; private set; } = Instant.Never;

    private Instant NextCorrection => new(_corrected.Nanoseconds - CorrectionCredit);

    /// <summary>All addresses are to be announced, beginning now: one after the other, and that as often as told.</summary>
    public void Begin(int count, int copies, Instant now)
    {
        _next = 0;
        _count = count * copies;
        _copies = copies;
        _copiesOnceMore = 0;
        _onceMore = false;
        _waits = false;
        _since = now;
        NextDeadline = now;
    }

    /// <summary>All addresses are to be announced again, soon.</summary>
    public void Correct(int count, int copies, Instant now)
    {
        if (_next >= _count && now >= NextCorrection)
        {
            StartCorrection(count, copies, now);
            return;
        }

        _onceMore = true;
        _copiesOnceMore = Math.Max(_copiesOnceMore, copies);
        if (_next < _count)
        {
            // The turn of the last ones must come: starting over at every correction would never get to them.
            return;
        }

        NextDeadline = Instant.Min(NextDeadline, NextCorrection);
    }

    /// <summary>More addresses may be ready.</summary>
    public void LookAgain(Instant now)
    {
        if (_waits)
        {
            NextDeadline = Instant.Min(NextDeadline, now);
        }
    }

    /// <summary>Nothing is to be announced any more.</summary>
    public void Stop()
    {
        _next = _count;
        _onceMore = false;
        _waits = false;
        NextDeadline = Instant.Never;
    }

    /// <summary>
    /// The positions due now: from <paramref name="start"/> up to and without the returned one. They go on counting behind the last
    /// address for its copies.
    /// </summary>
    /// <param name="spacing">Nanoseconds between two announcements beyond the first; zero for none.</param>
    /// <param name="now">The time.</param>
    /// <param name="ready">How many may be announced at all by now, from the first on.</param>
    /// <param name="start">The first position.</param>
    public int Take(long spacing, Instant now, int ready, out int start)
    {
        start = _next;
        if (now < NextDeadline)
        {
            return start;
        }

        if (_next >= _count && _onceMore && now >= NextCorrection)
        {
            StartCorrection(_count / Math.Max(1, _copies), _copiesOnceMore, now);
            start = 0;
        }

        // Copies come when all addresses are ready.
        ready = ready * _copies >= _count ? _count : ready;

        long due = _count;
        if (spacing > 0)
        {
            // What a stall has put off is caught up with at twice the pace, not in a burst.
            due = start < Burst ? Burst : Math.Min(Burst + ((now - _since) / spacing), start + Math.Max(1, 2 * Turn / spacing));
        }

        _next = (int)Math.Max(_next, Math.Min(Math.Min(due, ready), _count));
        _waits = _next == ready && ready < _count;
        NextDeadline = _waits ? now + ReadyGap
            : _next < _count ? now + Math.Max(spacing, Turn)
            : _onceMore ? Instant.Max(now, NextCorrection)
            : Instant.Never;
        return _next;
    }

    private void StartCorrection(int count, int copies, Instant now)
    {
        _corrected = Instant.Max(_corrected, now) + CorrectionGap;
        Begin(count, copies, now);
    }
}
