namespace VrrpPS.Protocol.Election;

/// <summary>When a Master announces its addresses again: after the configured repeats, then at every refresh.</summary>
internal struct AnnouncementSchedule
{
    private Instant _since;
    private int _repeat;
    private Instant _regular;
    private Instant _correction;
    private Instant _noCorrectionBefore;

    /// <summary>The second round after a lower priority was heard; the zero instant when there is none.</summary>
    private Instant _lower;

    /// <summary>The next announcement, or never.</summary>
    public readonly Instant Next => Instant.Min(Instant.Min(_regular, _correction), _lower == default ? Instant.Never : _lower);

    /// <summary>Starts over, right after an announcement.</summary>
    public void Begin(RouterParameters parameters, Instant now)
    {
        _since = now;
        _repeat = 0;
        _correction = Instant.Never;
        _noCorrectionBefore = default;
        _lower = default;
        Advance(parameters, now);
    }

    /// <summary>
    /// Somebody else announced an address of ours: announce again soon, but at most once a second, or two routers that do
    /// not hear each other's advertisements would announce against each other without end.
    /// </summary>
    public void Correct(Instant now)
        => _correction = Instant.Min(_correction, Instant.Max(now + ElectionTimers.CorrectionDelay, _noCorrectionBefore));

    /// <summary>An advertisement of a lower priority was answered: a second round follows, at most one at a time.</summary>
    public void Answered(RouterParameters parameters, Instant now)
    {
        if (_lower == default && parameters.LowerPriorityDelay > 0)
        {
            _lower = now + parameters.LowerPriorityDelay;
        }
    }

    /// <summary>How often each address is to be announced now, 0 for not at all; the next time is scheduled.</summary>
    public int Fire(RouterParameters parameters, Instant now)
    {
        int copies = 0;
        if (_lower != default && now >= _lower)
        {
            _lower = default;
            copies = parameters.LowerPriorityCopies;
        }

        if (now >= _correction)
        {
            _correction = Instant.Never;
            _noCorrectionBefore = now + Instant.NanosecondsPerSecond;
            copies = Math.Max(copies, 1);
        }

        if (now >= _regular)
        {
            copies = Math.Max(copies, _repeat < parameters.AnnouncementRepeats.Count ? parameters.AnnouncementCopies : 1);
            _repeat++;
            Advance(parameters, now);
        }

        return copies;
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
        visitor.Visit("announcements.lower", ref _lower);
    }
}
