namespace VrrpPS.Protocol.Election;

/// <summary>When a Master announces its addresses again: after the configured repeats, then at every refresh.</summary>
internal struct AnnouncementSchedule
{
    private Instant _since;
    private int _repeat;

    /// <summary>The next announcement, or never.</summary>
    public Instant Next { get; private set; }

    /// <summary>Starts over, right after an announcement.</summary>
    public void Begin(RouterParameters parameters, Instant now)
    {
        _since = now;
        _repeat = 0;
        Advance(parameters, now);
    }

    /// <summary>Whether an announcement is due; if so the next one is scheduled.</summary>
    public bool Fire(RouterParameters parameters, Instant now)
    {
        if (now < Next)
        {
            return false;
        }

        _repeat++;
        Advance(parameters, now);
        return true;
    }

    private void Advance(RouterParameters parameters, Instant now)
    {
        if (_repeat < parameters.AnnouncementRepeats.Count)
        {
            Next = Instant.Max(now, _since + parameters.AnnouncementRepeats[_repeat]);
        }
        else
        {
            Next = parameters.AnnouncementRefresh > 0 ? now + parameters.AnnouncementRefresh : Instant.Never;
        }
    }
}
