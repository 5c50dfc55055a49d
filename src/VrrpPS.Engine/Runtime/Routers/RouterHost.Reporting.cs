using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>What the world is told: events, history, the immutable snapshot.</content>
internal sealed partial class RouterHost
{
    private readonly WarningBoard _warnings = new();
    private long _leaseEnds = Instant.Never.Nanoseconds;
    private InetAddress _successor;
    private long _transitions;
    private VrrpTransition? _lastTransition;
    private bool _isDirty = true;
    private bool _foreignReported;
    private InetAddress _publishedMaster;
    private InetAddress _masterOfText;
    private string? _masterText;
    private byte _publishedMasterPriority;
    private Interval _publishedInterval;
    private Instant _publishAt = Instant.Never;
    private Instant _nextPublication;

    /// <summary>
    /// Who is Master is published at most this often: somebody who forges advertisements of ever new Masters must not keep this
    /// process busy with telling about them. What this router itself does is published at once.
    /// </summary>
    private const long PublicationGap = 10 * Instant.NanosecondsPerMillisecond;

    /// <summary>The state as last published; safe to read from any thread.</summary>
    public RouterSnapshot Snapshot { get; private set; } = null!;

    /// <summary>When the lease of the bound addresses ends; never without one. Readable from any thread.</summary>
    public Instant LeaseEnds => new(Volatile.Read(ref _leaseEnds));

    /// <summary>Refused packets and foreign routers on the interface; readable from any thread.</summary>
    public (long HeaderErrors, long ForeignRouters) PortErrors => _port is { } port ? (port.IPHeaderErrors + (_virtualPort?.IPHeaderErrors ?? 0), port.ForeignRouters) : (0, 0);

    /// <summary>The loop has ended: nobody will serve any more.</summary>
    public void OnEngineFailure(Exception exception)
    {
        _move?.TrySetException(VrrpErrors.EngineFailed(exception));
        _move = null;
        var batch = _loop.Batch;
        batch.Clear();
        for (int i = 0; i < Addresses.Count; i++)
        {
            Addresses.AppendRelease(i, batch);
        }

        RemoveRoutes();
        _ = batch.Commit();
        Resign();

        // Last, because whoever keeps the time or hears the event may be what failed.
        string message = VrrpErrors.EngineFailed(exception).Message;
        Report(VrrpEventKind.EngineFailed, message, isWarning: true);
        _notifier?.Post(NoticeOf(NotificationOccasion.Fault, Router.State, RouterState.Fault, Router.LastEvent, message));
    }

    /// <summary>The others need not wait until our silence has lasted for a Master_Down_Interval.</summary>
    private void Resign()
    {
        if (Router.State == RouterState.Master)
        {
            SendAdvertisement(0, Instant.Never);
            _loop.Sender.Flush();
        }
    }

    /// <summary>Something that the snapshot shows has changed.</summary>
    private void Dirty() => _isDirty = true;

    private void PublishIfChanged(Instant now)
    {
        Volatile.Write(ref _leaseEnds, Router.LeaseEnds.Nanoseconds);
        if (_isDirty)
        {
            Publish();
        }
        else if (_publishedMaster != Router.MasterAddress
            || _publishedMasterPriority != Router.MasterPriority
            || _publishedInterval != Router.MasterInterval)
        {
            if (now < _nextPublication)
            {
                _publishAt = _nextPublication;
                return;
            }

            _nextPublication = now + PublicationGap;
            Publish();
        }
    }

    private void Publish()
    {
        _isDirty = false;
        _publishAt = Instant.Never;
        _publishedMaster = Router.MasterAddress;
        _publishedMasterPriority = Router.MasterPriority;
        _publishedInterval = Router.MasterInterval;
        long overlap = ElectionTimers.LeaseOverlap(Router.Parameters.Lease, Configuration.AdvertisementInterval, Configuration.DownTimerAdverts);
        var snapshot = new RouterSnapshot
        {
            Configuration = Configuration,
            State = Router.State,
            Held = Router.Held,
            Priority = Router.Priority,
            MasterAddress = TextOf(Router.MasterAddress),
            MasterPriority = Router.MasterPriority == 0 ? null : Router.MasterPriority,
            Holdings = BuildHoldings(),
            LastEvent = Router.LastEvent,
            NewMasterReason = Router.NewMasterReason,
            Faults = Router.Faults,
            GroupFault = _groupFault,
            TrackerFaults = Trackers.Faults,
            LastTransition = _lastTransition,
            TransitionCount = _transitions,
            MasterDownInterval = Router.MasterDownInterval,
            SkewTime = Router.SkewTime,
            PreemptDelay = Router.PreemptDelayAt(MonotonicClock.Now),
            LeaseOverlap = Router.Parameters.Lease == 0 ? null : overlap,
            Counters = Counters,
            CountingSince = CountingSince,
            Warnings = _warnings,
            GuardProblem = GuardProblem,
            InterfaceIndex = Link?.Index ?? 0,
        };
        Snapshot = snapshot;
        _loop.StateChanged();
    }

    /// <summary>A Master's address as text; null when unknown. Said in several places of a takeover, and made once.</summary>
    private string? TextOf(InetAddress master)
    {
        if (_masterOfText != master)
        {
            _masterOfText = master;
            _masterText = master.IsNone ? null : master.ToString();
        }

        return _masterText;
    }

    private AddressHolding[] BuildHoldings()
    {
        var holdings = new AddressHolding[Addresses.Count];
        for (int i = 0; i < holdings.Length; i++)
        {
            holdings[i] = Addresses.Holding(i);
        }

        return holdings;
    }

    private void OnTransition(in Effect effect)
    {
        _transitions++;
        if (effect.To == RouterState.Master)
        {
            Counters.MasterTransitions++;
            _masterSince = MonotonicClock.Now;
        }

        if (effect.From == RouterState.Master)
        {
            _announcing.Stop();
            HurryFarewell();
        }

        if (effect.To is RouterState.Master or RouterState.Backup)
        {
            _heardOwnVersion |= effect.To == RouterState.Master;
            Counters.RestartArrivals();
        }

        var transition = new VrrpTransition
        {
            Time = _loop.TimeProvider.GetLocalNow(),
            Name = Configuration.Name,
            FromState = effect.From,
            ToState = effect.To,
            Event = effect.Event,
            Reason = TransitionText.Reason(effect, Router, Configuration.InterfaceName, Trackers.Faults, _recovered, _groupFault),
            Priority = Router.Priority,
            Peer = effect.Peer.IsNone ? null : effect.Peer.ToString(),
            MasterAddress = TextOf(effect.MasterAfter(Router.PrimaryAddress)),
            AddressFamily = Configuration.AddressFamily,
            NetworkNamespace = Configuration.NetworkNamespace,
            Host = _loop.Host,
        };
        _lastTransition = transition;
        Publish();
        Notify(transition);
        _loop.Record(Key, transition);
        _loop.Post(new VrrpEvent(transition));
        if (effect.Event == LastEvent.LeaseLost && effect.From == RouterState.Master)
        {
            Counters.LeasesLost++;
            Report(VrrpEventKind.LeaseLost, transition.Reason, isWarning: true);
        }
    }

    private void OnReport(in Effect effect, Instant now)
    {
        switch (effect.Report)
        {
            case ReportKind.RivalMaster:
                ReportRival($"{PeerOf(effect)} keeps advertising while this node is Master with priority {Router.Priority}.", now);
                break;
            case ReportKind.TwoOwners:
                ReportSplitBrain(RouterWarning.TwoOwners, $"{PeerOf(effect)} claims to own the addresses as this node does.", now);
                break;
            case ReportKind.ForeignCluster:
                ReportSplitBrain(RouterWarning.ForeignCluster, $"{PeerOf(effect)} wins the election with other addresses: another cluster uses VRID {Configuration.VirtualRouterId} on {Configuration.InterfaceName}.", now);
                break;
            case ReportKind.HandedOver:
                _successor = effect.Peer;
                Report(VrrpEventKind.Information, $"Handed over to {PeerOf(effect)} in {DurationOf(effect)}.");
                break;
            case ReportKind.NoSuccessor:
                _successor = default;
                Report(VrrpEventKind.Information, $"No other router took over within {DurationOf(effect)}.", isWarning: true);
                break;
            case ReportKind.LeaseRecovered:
                Counters.LeasesLost++;
                Report(VrrpEventKind.LeaseLost, $"This process was {DurationOf(effect)} late and the lease on the addresses had ended; nobody had taken over, so they are bound and announced again.", isWarning: true);
                break;
            case ReportKind.AddressRestored:
                Counters.AddressesRestored++;
                ReportRestored(effect.AddressIndex, now);
                break;
            case ReportKind.NearMiss:
                if (_limiter.Allows(NearMissKey, now))
                {
                    Report(VrrpEventKind.NearMiss, $"An advertisement left {DurationOf(effect)} late at an interval of {Configuration.AdvertisementInterval}; backups take over after {Configuration.DownTimerAdverts} intervals of silence.", isWarning: true);
                }

                break;
            case ReportKind.HoldEnded:
                Report(VrrpEventKind.Information, "The hold after the move has ended; this node preempts again.");
                break;
            case ReportKind.PreemptDelayed:
                Report(VrrpEventKind.Information, $"{PeerOf(effect)} is Master with a lower priority; preempting it in {DurationOf(effect)}{Damping(effect)}.");
                break;
        }
    }

    // Put into words only for what is told: most findings are at a limited rate.
    private static string PeerOf(in Effect effect) => $"{effect.Peer} (priority {effect.PeerPriority})";

    private static string DurationOf(in Effect effect)
        => (effect.Nanoseconds / (double)Instant.NanosecondsPerSecond).ToString("0.###", CultureInfo.InvariantCulture) + " s";

    /// <summary>Why the delay is longer than the configured one.</summary>
    private string Damping(in Effect effect) => effect.Nanoseconds > Configuration.PreemptDelay.TotalNanoseconds
        ? $", longer than the configured {DurationText.Format(Configuration.PreemptDelay)} because this node preempted three times within ten minutes"
        : string.Empty;

    private const int NearMissKey = 1001;
    private const int RestoredKey = 1002;

    private void ReportRival(string message, Instant now)
    {
        if (ReportSplitBrain(RouterWarning.RivalMaster, message, now))
        {
            NotifyLowerPriority(message);
        }
    }

    /// <summary>Whether it was told, and not kept back as one more of the same.</summary>
    private bool ReportSplitBrain(RouterWarning warning, string message, Instant now)
    {
        _warnings.Raise((int)warning, now);
        if (!_limiter.Allows((int)warning, now))
        {
            return false;
        }

        Counters.SplitBrains++;
        Report(VrrpEventKind.SplitBrain, message, isWarning: true);
        return true;
    }

    private void ReportRestored(int index, Instant now)
    {
        if (_limiter.Allows(RestoredKey, now))
        {
            Report(VrrpEventKind.AddressRestored, $"Somebody removed {Addresses[index].Address} from {Configuration.InterfaceName}; it is bound and announced again.", isWarning: true);
        }
    }

    private void ReportForeign()
    {
        if (_foreignReported)
        {
            return;
        }

        for (int i = 0; i < Addresses.Count; i++)
        {
            if (Addresses.Holding(i) == AddressHolding.Foreign && Configuration.Priority != 255)
            {
                _foreignReported = true;
                Report(VrrpEventKind.Information, $"{Addresses[i].Address} was on {Addresses.InterfaceNameOf(i)} already and is not ours: it is announced, but neither leased nor removed.", isWarning: true);
            }
        }
    }

    private void Report(VrrpEventKind kind, string message, bool isWarning = false) => _loop.Post(new VrrpEvent
    {
        Time = _loop.TimeProvider.GetLocalNow(),
        Name = Configuration.Name,
        Kind = kind,
        Message = message,
        IsWarning = isWarning,
        NetworkNamespace = Configuration.NetworkNamespace,
    });

    /// <summary>
    /// Whoever waits for the router to leave is told when it has: a router that is stopped, when it is no longer listed
    /// (<see cref="Dispose"/>); one that was resumed or stopped while it was leaving for suspension, as well.
    /// </summary>
    private void FinishLeaving()
    {
        if (_farewell is not null)
        {
            // Whoever waits for the end waits for the commands first.
            return;
        }

        if (_move is not null || _settled is not null || _stop is not null)
        {
            // Before anybody is told that an address is given away.
            _loop.TendGuard();
        }

        FinishMove();
        SettleApply();
        if (_stop is not { } stop || Router.State == RouterState.Leaving)
        {
            return;
        }

        if (Router.State == RouterState.Initialize)
        {
            if (!OwesRelease)
            {
                _loop.Retire(this);
            }

            return;
        }

        _stop = null;
        stop.Complete(MonotonicClock.Now, _successor.IsNone ? null : _successor.ToString());
    }

    private void FinishMove()
    {
        if (_move is not { } move || Router.State == RouterState.Leaving)
        {
            return;
        }

        _move = null;
        if (Router.State == RouterState.Master || _successor.IsNone)
        {
            move.TrySetException(VrrpErrors.NoSuccessor(Key, Router.State));
        }
        else
        {
            move.TrySetResult(new MoveOutcome(_successor.ToString(), TimeSpan.FromTicks((MonotonicClock.Now - _moveSince) / TimeSpan.NanosecondsPerTick)));
        }
    }
}
