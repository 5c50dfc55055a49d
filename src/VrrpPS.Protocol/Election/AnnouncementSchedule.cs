namespace VrrpPS.Protocol.Election;

/// <summary>When a Master announces its addresses again: after the configured repeats, then at every refresh.</summary>
internal struct AnnouncementSchedule
{
    private Instant _since;
    private int _repeat;
    private Instant _regular;
    private Instant _correction;
    private Instant _noCorrectionBefore;

    /// <summary>The next announcement, or never.</summary>
    public readonly Instant Next => Instant.Min(_regular, _correction);

    /// <summary>Starts over, right after an announcement.</summary>
    public void Begin(RouterParameters parameters, Instant now)
    {
        _since = now;
        _repeat = 0;
        _correction = Instant.Never;
        _noCorrectionBefore = default;
        Advance(parameters, now);
    }

    /// <summary>
    /// Somebody else announced an address of ours: announce again soon, but at most once a second, or two routers that do
    /// not hear each other's advertisements would announce against each other without end.
    /// </summary>
    public void Correct(Instant now)
        => _correction = Instant.Min(_correction, Instant.Max(now + ElectionTimers.AnnouncementGrace, _noCorrectionBefore));

    /// <summary>Whether an announcement is due; if so the next one is scheduled.</summary>
    public bool Fire(RouterParameters parameters, Instant now)
    {
        if (now < Next)
        {
            return false;
        }

        if (now >= _correction)
        {
            _correction = Instant.Never;
            _noCorrectionBefore = now + Instant.NanosecondsPerSecond;
        }

        if (now >= _regular)
        {
            _repeat++;
            Advance(parameters, now);
        }

        return true;
    }

    private void Advance(RouterParameters parameters, Instant now)
    {
        if (_repeat < parameters.AnnouncementRepeats.Count)
        {
            _regular = Instant.Max(now, _since + parameters.AnnouncementRepeats[_repeat]);
        }
        else
        {
            // Which copy of a refresh was the last; the first of all comes a whole refresh after the repeats.
            int copy = (_repeat - parameters.AnnouncementRepeats.Count) % parameters.AnnouncementRefreshRepeat;
            _regular = parameters.AnnouncementRefresh <= 0 ? Instant.Never
                : now + (copy == 0 ? parameters.AnnouncementRefresh : Instant.NanosecondsPerSecond);
        }
    }

    public void Visit(ICheckpointVisitor visitor)
    {
        visitor.Visit("announcements.since", ref _since);
        visitor.Visit("announcements.repeat", ref _repeat);
        visitor.Visit("announcements.regular", ref _regular);
        visitor.Visit("announcements.correction", ref _correction);
        visitor.Visit("announcements.noCorrectionBefore", ref _noCorrectionBefore);
    }
}
