using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Health;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Engine.Runtime.Ports;
using VrrpPS.Engine.Runtime.Routing;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>
/// One running instance: gives its pure <see cref="VirtualRouter"/> what happens on the wire, in the kernel and in the
/// administrator's hands, and carries out what it asks for. Lives on its loop's thread; others see its snapshots only.
/// </summary>
internal sealed partial class RouterHost : IDisposable
{
    private const int EventPeriodSeconds = 10;

    private readonly NamespaceLoop _loop;
    private readonly EventLimiter _limiter = new(EventPeriodSeconds * Instant.NanosecondsPerSecond);
    private readonly RouterRecording? _recording;
    private readonly double _phase;
    private SendingTraits _sending;
    private ChecksumStyleSelector _checksum;
    private AdvertisementExpectation _expectation;
    private InetAddress[] _advertised;
    private RouterFrames? _frames;
    private RawVrrpSocket? _unicast;
    private readonly AddressClaims _addressClaims = new();
    private RawVrrpSocket? _group;
    private SpeakerLock? _claim;
    private StopRequest? _stop;
    private TaskCompletionSource<MoveOutcome>? _move;
    private Instant _moveSince;
    private LinkPort? _port;

    public RouterHost(NamespaceLoop loop, InstanceConfiguration configuration)
    {
        _loop = loop;
        Configuration = configuration;
        _phase = loop.NextPhase();
        Router = new VirtualRouter(ParametersOf(configuration, _phase));
        Addresses = new VirtualAddressSet(configuration, Router.Parameters.Lease);
        Routes = new VirtualRouteSet(configuration);
        _advertised = RouterFrames.AdvertisedAddresses(configuration);
        _checksum = new ChecksumStyleSelector(configuration.ChecksumStyle);
        _expectation = ExpectationOf(configuration);
        TakeKeys();
        CountingSince = loop.TimeProvider.GetUtcNow();
        _recording = loop.Recording is { } channel ? new RouterRecording(channel, loop.TimeProvider, configuration) : null;
        Trackers = new TrackerBoard(loop.Wake, loop.TimeProvider);
        Trackers.Configure(configuration, isStarting: true);
        Publish();
    }

    /// <summary>The configuration in force.</summary>
    public InstanceConfiguration Configuration
    {
        get;
        private set
        {
            field = value;
            _sending = new SendingTraits(value);
        }
    }

    public InstanceKey Key => new(Configuration.Name, Configuration.NetworkNamespace);

    public VirtualRouter Router { get; }

    public VirtualAddressSet Addresses { get; private set; }

    public RouterCounters Counters { get; private set; } = new();

    /// <summary>When counting began.</summary>
    public DateTimeOffset CountingSince { get; private set; }

    /// <summary>The group that advertisements come to; <c>default</c> for the protocol's own.</summary>
    public InetAddress Group => Configuration.MulticastGroup ?? default;

    /// <summary>The interface, or null while it does not exist.</summary>
    public Link? Link { get; private set; }

    /// <summary>Where its deadline stands on the loop's agenda; -1 while it is on none.</summary>
    public int AgendaPlace { get; set; } = -1;

    /// <summary>Whether something happened to it in this turn of the loop.</summary>
    public bool IsTouched { get; set; }

    /// <summary>When the loop must call <see cref="OnTime"/> at the latest. Whatever moves it lets the loop know (<see cref="NamespaceLoop.Touch"/>).</summary>
    public Instant NextDeadline => Instant.Min(
        Instant.Min(Instant.Min(Router.NextDeadline, _announcing.NextDeadline), Instant.Min(_versionMismatchUntil, _attachAgainAt)),
        Instant.Min(Instant.Min(Instant.Min(_buildAgainAt, _farewellEnds), _decideAgainAt), Instant.Min(_publishAt, _releaseAgainAt)));

    /// <summary>About how many bytes a router is, for <see cref="CacheHint"/>.</summary>
    public const int Size = 752;

    /// <summary>Has fetched what an advertisement that is sent needs besides this object.</summary>
    public void FetchParts()
    {
        CacheHint.Fetch(Router, 480);
        CacheHint.Fetch(Counters, 64);
        CacheHint.Fetch(_announcing, 64);
        CacheHint.Fetch(_checksum, 64);
        if (_frames is { } frames)
        {
            CacheHint.Fetch(frames, 64);
        }
    }

    /// <summary>Has fetched what an advertisement that is heard needs besides this object.</summary>
    public void FetchPartsToHear()
    {
        CacheHint.Fetch(Router, 480);
        CacheHint.Fetch(Configuration, 336);
        CacheHint.Fetch(Counters, 336);
        CacheHint.Fetch(_checksum, 64);
    }

    /// <summary>Begins; faults are known by now.</summary>
    public void Start(Instant now)
    {
        Attach(now);
        if (Router.Faults.HasFlag(FaultReasons.NotOwner))
        {
            throw VrrpErrors.NotAddressOwner(Configuration.Name, Configuration.InterfaceName, Configuration.VirtualAddresses);
        }

        OpenNotifier();
        JoinGroup(now);

        // Attaching may have taken long.
        now = MonotonicClock.Now;
        Run(Input.Startup(), now);
        OnGuardChanged(now);
        Trackers.Look();
        if (Router.State == RouterState.Fault)
        {
            Report(VrrpEventKind.Waiting, $"Cannot take part yet: {FaultText.Describe(Router.Faults, Configuration.InterfaceName, Trackers.Faults, _groupFault)}.", isWarning: true);
        }
    }

    /// <summary>Time has passed: due timers fire. Advertisements may leave a little early together with others'.</summary>
    public void OnTime(Instant now)
    {
        MeasureLateness(now);
        if (now >= _versionMismatchUntil)
        {
            _versionMismatchUntil = Instant.Never;
            UpdateFaults(now);
        }

        if (now >= _attachAgainAt)
        {
            Reattach(now);
        }

        if (now >= _buildAgainAt)
        {
            Refresh(now);
        }

        if (now >= _releaseAgainAt)
        {
            ReleaseAgain();
        }

        _isRepeated = now >= _decideAgainAt;
        if (_isRepeated)
        {
            DecideAgain(now);
        }

        if (Router.NextDeadline <= now || Router.NextAdvertisement <= now + _sending.Slack)
        {
            Run(Input.Tick(_sending.Slack), now);
        }

        ContinueAnnouncing(now, now);
        if (now >= _farewellEnds)
        {
            EndFarewell(now);
        }

        if (now >= _publishAt)
        {
            PublishIfChanged(now);
        }
    }

    /// <summary>The machine was suspended for so many nanoseconds.</summary>
    public void OnSlept(long nanoseconds, Instant now) => Run(Input.Slept(nanoseconds), now);

    /// <summary>Leaves for good or until resumed; <paramref name="request"/> is completed when it has.</summary>
    public void Leave(StopRequest request, Instant now)
    {
        _stop?.Supersede(request);
        _stop = request;
        request.WasMaster = Router.State is RouterState.Master or RouterState.Leaving;
        if (Router.State != RouterState.Leaving)
        {
            _successor = default;
        }

        long limit = (long)(request.Options.HandoverTimeout?.TotalNanoseconds
            ?? Math.Min(ElectionTimers.HandoverLimit(Configuration.AdvertisementInterval), StopRequest.MaxHandover));
        var cause = request.Target == RouterState.Initialize ? LastEvent.Shutdown : LastEvent.Suspended;
        if (!SaysFarewell(cause, request.Options.Force || limit <= 0, limit, now, (left, after) => Leave(request, left, after)))
        {
            Leave(request, limit, now);
        }
    }

    /// <summary>Gives the Master role away and holds back afterwards.</summary>
    /// <exception cref="VrrpException">NotMaster.</exception>
    public Task<MoveOutcome> Move(MoveOptions options, Instant now)
    {
        if (Router.State != RouterState.Master)
        {
            throw VrrpErrors.NotMaster(Key, Router.State);
        }

        _move = new TaskCompletionSource<MoveOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var completion = _move.Task;
        _moveSince = now;
        _successor = default;
        long limit = (long)(options.Timeout?.TotalNanoseconds
            ?? ElectionTimers.HandoverLimit(Configuration.AdvertisementInterval) + Instant.NanosecondsPerSecond);
        if (!SaysFarewell(LastEvent.HandOver, force: false, limit, now, (left, after) => HandOver(options, left, after)))
        {
            HandOver(options, limit, now);
        }

        return completion;
    }

    private void Leave(StopRequest request, long limit, Instant now)
    {
        bool force = request.Options.Force || limit <= 0;
        Run(request.Target == RouterState.Initialize ? Input.Shutdown(force, limit) : Input.Suspend(force, limit), now);
    }

    /// <summary>A limit of zero would be the router's own default; no time to wait ends at the next look.</summary>
    private void HandOver(MoveOptions options, long limit, Instant now)
        => Run(Input.HandOver((long)(options.HoldFor?.TotalNanoseconds ?? 0), Math.Max(1, limit)), now);

    /// <summary>Announces all addresses again.</summary>
    /// <exception cref="VrrpException">NotMaster.</exception>
    public void AnnounceNow(Instant now)
    {
        if (Router.State != RouterState.Master)
        {
            throw VrrpErrors.NotMaster(Key, Router.State);
        }

        AnnounceAll(isCorrection: true, copies: 1, now);
    }

    /// <summary>Takes part again.</summary>
    public void Resume(Instant now)
    {
        if (_stop is not { Target: RouterState.Initialize })
        {
            CancelFarewell();
        }

        Run(Input.Resume(), now);
    }

    /// <summary>Starts counting anew.</summary>
    public void ClearCounters()
    {
        Counters = new RouterCounters();
        CountingSince = _loop.TimeProvider.GetUtcNow();
        Publish();
    }

    /// <summary>Gives up sockets and the claim, after the router has left. Addresses are released by then.</summary>
    public void Dispose()
    {
        Trackers.Dispose();
        if (_loop.SyncGroups.Leave(this))
        {
            // Who was held because of this one looks again.
            _loop.Wake();
        }

        Detach();
        AcceptAgain();
        _settled?.TrySetResult();
        CancelFarewell();
        CloseNotifier();
        _move?.TrySetException(VrrpErrors.NoSuccessor(Key, Router.State));
        _move = null;
        var stop = _stop;
        _stop = null;
        stop?.Complete(MonotonicClock.Now, _successor.IsNone ? null : _successor.ToString());
    }

    /// <summary>What the election is told of a configuration; the phase is the part of an interval after which its advertisements leave.</summary>
    internal static RouterParameters ParametersOf(InstanceConfiguration configuration, double phase = 0) => new()
    {
        Version = configuration.Version,
        Version2Compatibility = configuration.Version2Compatibility,
        Priority = (byte)configuration.Priority,
        AdvertisementInterval = configuration.AdvertisementInterval,
        MissedAdvertisements = configuration.DownTimerAdverts,
        OwnerIgnoresAdvertisements = configuration.OwnerIgnoreAdverts,
        ExpiredTimerPriority = (byte)configuration.TimerExpiredBackup,
        Preempt = configuration.Preempt,
        PreemptDelay = (long)configuration.PreemptDelay.TotalNanoseconds,
        StartupDelay = StartupDelayOf(configuration, MonotonicClock.BootTime),
        AddressCount = configuration.VirtualAddresses.Count,
        Lease = LeaseOf(configuration),
        Phase = (long)(phase * configuration.AdvertisementInterval.Nanoseconds),
        AnnouncementRepeats = [.. configuration.Announcement.RepeatAfter.Select(static delay => (long)delay.TotalNanoseconds).Order()],
        AnnouncementCopies = configuration.Announcement.Copies,
        LowerPriorityCopies = configuration.Announcement.LowerPriorityCopies,
        LowerPriorityDelay = (long)configuration.Announcement.LowerPriorityDelay.TotalNanoseconds,
        AnnouncementRefreshRepeat = configuration.Announcement.RefreshRepeat,
        AnswerLowerPriority = configuration.AnswerLowerPriority,
        AdvertiseBeforeYielding = configuration.AdvertiseBeforeYielding,
        AnnouncementRefresh = (long)configuration.Announcement.RefreshInterval.TotalNanoseconds,
    };

    /// <summary>How many nanoseconds an instance only listens that starts so long after the boot of its host.</summary>
    internal static long StartupDelayOf(InstanceConfiguration configuration, Instant sinceBoot)
        => Math.Max((long)configuration.StartupDelay.TotalNanoseconds, (long)configuration.DelayAfterBoot.TotalNanoseconds - sinceBoot.Nanoseconds);

    private static IEnumerable<InetAddress> AddressesOf(InstanceConfiguration configuration)
        => configuration.VirtualAddresses.Select(static address => address.Address);

    /// <summary>The kernel lifetime of a bound address in nanoseconds; zero when bound for ever.</summary>
    internal static long LeaseOf(InstanceConfiguration configuration) => configuration switch
    {
        { NoAddressLease: true } => 0,
        { AddressLease: { } lease } => (long)lease.TotalNanoseconds,
        _ => ElectionTimers.DefaultLease(configuration.AdvertisementInterval, configuration.DownTimerAdverts),
    };

    private static AdvertisementExpectation ExpectationOf(InstanceConfiguration configuration)
    {
        var expectation = new AdvertisementExpectation(configuration.Version, (byte)configuration.VirtualRouterId, configuration.AdvertisementInterval)
        {
            Version2Compatibility = configuration.Version2Compatibility,
            StrictAddressList = configuration.StrictAddressList,
            StrictFirstAddress = configuration.Strict,
        };
        return KeyOf(configuration) switch
        {
            { IsEmpty: true } => expectation,
            _ when configuration.AuthenticationType == AuthenticationMethod.AH
                => expectation with { AuthenticationType = AuthenticationType.AuthenticationHeader },
            var password => expectation with { AuthenticationType = AuthenticationType.SimpleText, AuthenticationData = password },
        };
    }

    private void MeasureLateness(Instant now)
    {
        var deadline = Router.NextDeadline;
        if (deadline <= now)
        {
            Counters.NoteLateness(now - deadline, _sending.Interval / 10);
        }
    }
}
