using VrrpPS.Engine.Probe;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>Collects a measurement on the monotonic clock and tells it in times of day.</summary>
internal sealed class MeasurementBuilder(FailoverMeterOptions options)
{
    private const int MostOutages = 1000;

    private readonly List<VipOutage> _outages = [];
    private readonly List<string> _remarks = [];
    private Instant _begun;
    private DateTimeOffset _wall;
    private ProbeRoute _route = new();
    private long _count;
    private long _total;
    private long _longest;
    private long _skipped;
    private long _latest;

    /// <summary>The longest outage so far.</summary>
    public TimeSpan Longest => Span(_longest);

    /// <summary>The measurement begins.</summary>
    /// <param name="begun">When the first probe is due.</param>
    /// <param name="wall">The time of day that is now.</param>
    /// <param name="route">How the address is reached.</param>
    public void Begin(Instant begun, DateTimeOffset wall, ProbeRoute route)
    {
        _begun = begun;
        _wall = wall;
        _route = route;
        if (route.Unreachable is { } reason)
        {
            Remark($"No route led to {options.Address} at the beginning: {reason}");
        }
        else if (route.IsLocal)
        {
            Remark($"{options.Address} was bound on this host at the beginning: what is measured here is what this host notices, not what its clients do.");
        }
        else if (!route.Gateway.IsNone)
        {
            Remark($"{options.Address} is behind the gateway {route.Gateway}: whose hardware address answers there cannot be seen from here.");
        }
    }

    /// <summary>Something that makes the figures less certain.</summary>
    public void Remark(string text) => _remarks.Add(text);

    /// <summary>This process was late with a probe.</summary>
    /// <param name="nanoseconds">By how much.</param>
    /// <param name="missed">How many probes were left out for it.</param>
    public void Late(long nanoseconds, long missed)
    {
        _latest = Math.Max(_latest, nanoseconds);
        _skipped += missed;
    }

    /// <summary>An outage ended, or goes on at the end.</summary>
    public VipOutage Add(EndedOutage outage, Holder? before, Holder? after, Instant? announced)
    {
        var told = new VipOutage
        {
            VirtualIPAddress = options.Address.ToString(),
            Start = At(outage.Start),
            End = outage.End is { } end ? At(end) : null,
            Duration = Span(outage.Duration),
            Uncertainty = Span(outage.Uncertainty),
            Lost = outage.Lost,
            Symptom = outage.Symptom,
            MasterBefore = before?.Name,
            MasterAfter = after?.Name,
            MacAddressBefore = before?.MacText,
            MacAddressAfter = after?.MacText,
            Announced = announced is { } at ? At(at) : null,
            NetworkNamespace = options.NetworkNamespace,
        };
        _count++;
        _total += outage.Duration;
        _longest = Math.Max(_longest, outage.Duration);
        if (_outages.Count < MostOutages)
        {
            _outages.Add(told);
        }

        return told;
    }

    /// <summary>The whole.</summary>
    public VipMeasurement Build(Instant now, OutageLog log, HolderLog holders)
    {
        if (_skipped > 0)
        {
            Remark(FormattableString.Invariant($"This process was late itself, by {Span(_latest).TotalMilliseconds:0.#} ms at most, and left {_skipped} probes out: they count neither as sent nor as lost."));
        }

        var changes = holders.Changes.Select(change => Describe(change, holders)).ToVrrpList();
        return new VipMeasurement
        {
            VirtualIPAddress = options.Address.ToString(),
            Method = options.Method,
            Port = options.Port,
            Uri = options.Uri?.ToString(),
            Start = At(_begun),
            End = At(now),
            Duration = Span(Math.Max(0, now - _begun)),
            Interval = options.Interval,
            Timeout = options.Timeout,
            Sent = log.Sent,
            Answered = log.Answered,
            Outage = _outages.ToVrrpList(),
            OutageCount = _count,
            LongestOutage = Span(_longest),
            TotalOutage = Span(_total),
            MasterChange = changes,
            MasterBefore = changes.Count == 0 ? null : changes[0].MasterAfter,
            MasterAfter = holders.Current?.Name,
            Latency = log.Answered == 0 ? null : Span(log.LatencySum / log.Answered),
            LongestLatency = log.Answered == 0 ? null : Span(log.LongestLatency),
            Skipped = _skipped,
            Lateness = Span(_latest),
            InterfaceName = _route.Link?.Name,
            NetworkNamespace = options.NetworkNamespace,
            Remark = _remarks.ToVrrpList(),
        };
    }

    private VipMasterChange Describe(HolderChange change, HolderLog holders)
    {
        Holder? before = change.Before is { } one ? holders.Named(one) : null;
        var after = holders.Named(change.After);
        return new VipMasterChange
        {
            Time = At(change.Time),
            MasterBefore = before?.Name,
            MasterAfter = after.Name,
            MacAddressBefore = before?.MacText,
            MacAddressAfter = after.MacText,
        };
    }

    private DateTimeOffset At(Instant time) => _wall.AddTicks((time - _begun) / 100);

    private static TimeSpan Span(long nanoseconds) => new(nanoseconds / 100);
}
