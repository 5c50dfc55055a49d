using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>Makes outages of the fates of probes, one after the other. Has no clock.</summary>
/// <param name="interval">The time from one probe to the next, in nanoseconds.</param>
internal sealed class OutageLog(long interval)
{
    private Instant? _lastAnswered;
    private Instant _firstLost;
    private Instant _lastLost;
    private string? _symptom;
    private long _lost;

    public long Sent { get; private set; }

    public long Answered { get; private set; }

    /// <summary>How many outages have ended.</summary>
    public long Count { get; private set; }

    /// <summary>The round trips of all answers together, in nanoseconds.</summary>
    public long LatencySum { get; private set; }

    public long LongestLatency { get; private set; }

    /// <summary>When the present outage began; null while the address answers.</summary>
    public Instant? Down => _lost > 0 ? _firstLost : null;

    /// <summary>Takes the next probe.</summary>
    /// <returns>The outage that it ended; null when it ended none.</returns>
    public EndedOutage? Take(in SettledProbe probe)
    {
        Sent++;
        if (probe.Latency is not { } latency)
        {
            _firstLost = _lost == 0 ? probe.Sent : _firstLost;
            _lastLost = probe.Sent;
            _symptom = probe.Failure ?? _symptom;
            _lost++;
            return null;
        }

        Answered++;
        LatencySum += latency;
        LongestLatency = Math.Max(LongestLatency, latency);
        var ended = _lost > 0 ? End(probe.Sent) : null;
        _lastAnswered = probe.Sent;
        return ended;
    }

    /// <summary>The outage that goes on; null when the address answers.</summary>
    public EndedOutage? Ongoing() => _lost > 0 ? Describe(end: null) : null;

    private EndedOutage End(Instant at)
    {
        var ended = Describe(at);
        Count++;
        _lost = 0;
        _symptom = null;
        return ended;
    }

    private EndedOutage Describe(Instant? end)
    {
        long duration = _lastLost - _firstLost + interval;

        // Between a good probe and the first bad one, and between the last bad one and the next good one, anything may have been.
        long before = _firstLost - (_lastAnswered ?? _firstLost);
        long after = end is { } at ? at - _lastLost - interval : 0;
        return new EndedOutage(_firstLost, end, duration, Math.Max(0, before) + Math.Max(0, after), _lost, _symptom ?? "no answer");
    }
}
