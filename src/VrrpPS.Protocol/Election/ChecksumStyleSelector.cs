namespace VrrpPS.Protocol.Election;

/// <summary>
/// Chooses the checksum style of version 3 over IPv4 when configured as Auto. It learns only as Backup, from three
/// consecutive advertisements of the current Master; a Master that followed its rivals would oscillate with them for ever.
/// A Master that hears a losing rival in the other style sends both for ten intervals, so that the rival can hear it.
/// </summary>
public sealed class ChecksumStyleSelector
{
    private const int LessonsNeeded = 3;
    private const int IntervalsOfBoth = 10;

    private readonly ChecksumStyle _configured;
    private ChecksumStyle _learned = ChecksumStyle.PseudoHeader;
    private ChecksumStyle _candidate;
    private InetAddress _teacher;
    private int _lessons;
    private Instant _bothUntil;

    /// <summary>Starts with the configured style.</summary>
    public ChecksumStyleSelector(ChecksumStyle configured) => _configured = configured;

    /// <summary>The style to send in now: never Auto.</summary>
    public ChecksumStyle Current(Instant now)
    {
        if (_configured != ChecksumStyle.Auto)
        {
            return _configured;
        }

        return now < _bothUntil ? ChecksumStyle.Both : _learned;
    }

    /// <summary>A Backup heard its Master.</summary>
    /// <param name="master">The sender.</param>
    /// <param name="seen">The style its checksum is valid in; Auto when valid in both, which teaches nothing.</param>
    public void HeardMaster(InetAddress master, ChecksumStyle seen)
    {
        if (seen is not (ChecksumStyle.PseudoHeader or ChecksumStyle.Rfc9568))
        {
            return;
        }

        _lessons = _teacher == master && _candidate == seen ? _lessons + 1 : 1;
        _teacher = master;
        _candidate = seen;
        if (_lessons >= LessonsNeeded)
        {
            _learned = seen;
        }
    }

    /// <summary>A Master heard a router that should yield to it.</summary>
    /// <returns>Whether that router uses the other style, which explains why it does not yield.</returns>
    public bool HeardRival(ChecksumStyle seen, Interval interval, Instant now)
    {
        if (seen is not (ChecksumStyle.PseudoHeader or ChecksumStyle.Rfc9568) || seen == _learned || _configured != ChecksumStyle.Auto)
        {
            return false;
        }

        _bothUntil = now + (IntervalsOfBoth * interval.Nanoseconds);
        return true;
    }
}
