using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Probe;
using VrrpPS.Engine.Watch;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>
/// The body of the meter's thread: asks at absolute times, takes answers first and judges afterwards, and counts its own lateness, which
/// is nobody's outage.
/// </summary>
internal sealed class MeterLoop : IDisposable
{
    private const int StopToken = 0;
    private const int ProbeToken = 1;
    private const int HolderToken = 2;
    private const int MostAnnouncements = 64;
    private const long ProgressEvery = 100 * Instant.NanosecondsPerMillisecond;

    /// <summary>How long an outage that ended waits for the successor's advertisement, which may come after its first answer.</summary>
    private const long SettleFor = 1500 * Instant.NanosecondsPerMillisecond;

    private readonly FailoverMeterOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<VipOutage> _deliver;
    private readonly long _interval;
    private readonly EventFd _stop = new();
    private readonly HolderLog _holders = new();
    private readonly OutageLog _outages;
    private readonly PendingProbes _pending;
    private readonly Queue<Instant> _announcements = new();
    private readonly Queue<SettlingOutage> _settling = new();
    private readonly MeasurementBuilder _result;
    private Holder? _before;
    private Holder? _lastAnswering;
    private Instant _begun;
    private Instant _nextProgress;
    private volatile bool _stopping;

    public MeterLoop(FailoverMeterOptions options, TimeProvider time, Action<VipOutage> deliver)
    {
        _options = options;
        _time = time;
        _deliver = deliver;
        _interval = options.Interval.Ticks * 100;
        _outages = new OutageLog(_interval);
        _pending = new PendingProbes(options.Timeout.Ticks * 100);
        _result = new MeasurementBuilder(options);
    }

    /// <summary>How it goes.</summary>
    public MeterProgress Progress { get; private set; } = new(default, 0, 0, 0, default, DownFor: null, Master: null);

    /// <summary>Makes <see cref="Run"/> return at once. Callable from any thread.</summary>
    public void Stop()
    {
        _stopping = true;
        _stop.Signal();
    }

    /// <summary>Measures until stopped.</summary>
    /// <param name="started">Called when the first probe is about to leave.</param>
    /// <returns>What was measured.</returns>
    public VipMeasurement Run(Action started)
    {
        NamespaceGate.Enter(_options.NetworkNamespace);
        var route = RouteLookup.Find(_options.Address, _options.InterfaceName);
        using var probe = Open(route);
        using var listener = HolderListener.TryOpen(_options, _holders);
        using var poll = new EventPoll();
        poll.Add(_stop.FileDescriptor, StopToken);
        poll.Add(probe.FileDescriptor, ProbeToken);
        if (listener is null)
        {
            _result.Remark("Who answers was not seen: this process lacks CAP_NET_RAW.");
        }
        else
        {
            listener.Announced = NoteAnnouncement;
            foreach (int descriptor in listener.FileDescriptors)
            {
                poll.Add(descriptor, HolderToken);
            }
        }

        _begun = MonotonicClock.Now + Math.Min(_interval, Instant.NanosecondsPerMillisecond);
        _result.Begin(_begun, _time.GetLocalNow(), route);
        started();
        Measure(probe, listener, poll);
        return Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private IMeterProbe Open(ProbeRoute route)
        => _options.Method == VipProbeMethod.Ping ? new EchoMeterProbe(_options, route) : new ServiceMeterProbe(_options, route);

    private void Measure(IMeterProbe probe, HolderListener? listener, EventPoll poll)
    {
        long number = 0;
        while (!_stopping)
        {
            var drained = MonotonicClock.Now;
            var due = _begun + (number * _interval);
            _ = poll.Wait(Instant.Min(due, Instant.Min(_pending.NextExpiry + 1, drained + ProgressEvery)));
            listener?.Drain();
            Take(probe, drained);
            var now = MonotonicClock.Now;
            if (now >= due && !_stopping)
            {
                number = Send(probe, number, due, now);
            }
        }
    }

    private long Send(IMeterProbe probe, long number, Instant due, Instant now)
    {
        // Late by whole intervals: those are left out, not sent in a burst.
        long late = now - due;
        long missed = late / _interval;
        _result.Late(late, missed);
        string? refusal = probe.Send(_pending.NextNumber);
        _pending.Sent(MonotonicClock.Now, refusal);
        return number + missed + 1;
    }

    private void Take(IMeterProbe probe, Instant drained)
    {
        while (probe.TryTake(out var answer))
        {
            _pending.Answered(answer, drained, MonotonicClock.Now);
        }

        // Judged up to the moment before which everything that had come was taken.
        while (_pending.TrySettle(drained, out var settled))
        {
            bool wasDown = _outages.Down is not null;
            var ended = _outages.Take(settled);
            if (settled.Latency is null && !wasDown)
            {
                _before = _lastAnswering;
            }
            else if (settled.Latency is not null)
            {
                _lastAnswering = _holders.Current;
            }

            if (ended is not null)
            {
                _settling.Enqueue(new SettlingOutage(ended, _before, _holders.Current, MonotonicClock.Now + SettleFor));
            }
        }

        Settle(MonotonicClock.Now);
        ShowProgress(MonotonicClock.Now);
    }

    private void Settle(Instant now)
    {
        while (_settling.TryPeek(out var waiting) && (waiting.Until <= now || IsClear(waiting)))
        {
            _ = _settling.Dequeue();
            Deliver(waiting);
        }
    }

    private bool IsClear(SettlingOutage waiting) => !_holders.HearsRouters || waiting.After is not { } after || _holders.Named(after).Router is not null;

    private void Deliver(SettlingOutage settled)
    {
        Holder? before = settled.Before is { } one ? _holders.Named(one) : null;
        Holder? after = settled.After is { } other ? _holders.Named(other) : null;
        Instant? announced = null;
        foreach (var at in _announcements)
        {
            if (announced is null && at >= settled.Outage.Start && at <= (settled.Outage.End ?? Instant.Never))
            {
                announced = at;
            }
        }

        var outage = _result.Add(settled.Outage, before, after, announced);
        _deliver(outage);
    }

    private void NoteAnnouncement()
    {
        if (_announcements.Count == MostAnnouncements)
        {
            _ = _announcements.Dequeue();
        }

        _announcements.Enqueue(MonotonicClock.Now);
    }

    private void ShowProgress(Instant now)
    {
        if (now < _nextProgress)
        {
            return;
        }

        _nextProgress = now + ProgressEvery;
        Progress = new MeterProgress(
            Span(Math.Max(0, now - _begun)),
            _outages.Sent,
            _outages.Sent - _outages.Answered,
            _outages.Count,
            _result.Longest,
            _outages.Down is { } down ? Span(now - down) : null,
            _holders.Current?.Name);
    }

    private VipMeasurement Finish()
    {
        foreach (var waiting in _settling)
        {
            Deliver(waiting);
        }

        if (_outages.Ongoing() is { } ongoing)
        {
            Deliver(new SettlingOutage(ongoing, _before, After: null, default));
        }

        return _result.Build(MonotonicClock.Now, _outages, _holders);
    }

    private static TimeSpan Span(long nanoseconds) => new(nanoseconds / 100);

    private sealed record SettlingOutage(EndedOutage Outage, Holder? Before, Holder? After, Instant Until);
}
