using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
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
internal sealed partial class RouterHost
{
    private const int EventPeriodSeconds = 10;

    private readonly NamespaceLoop _loop;
    private readonly EffectBuffer _effects = new();
    private readonly EffectBuffer _renewalEffects = new();
    private readonly EventLimiter _limiter = new(EventPeriodSeconds * Instant.NanosecondsPerSecond);
    private readonly RouterRecording? _recording;
    private ChecksumStyleSelector _checksum;
    private AdvertisementExpectation _expectation;
    private InetAddress[] _advertised;
    private RouterFrames? _frames;
    private RawVrrpSocket? _unicast;
    private RawVrrpSocket? _group;
    private SpeakerLock? _claim;
    private StopRequest? _stop;
    private TaskCompletionSource<MoveOutcome>? _move;
    private Instant _moveSince;
    private LinkPort? _port;
    private volatile string[] _downInterfaces = [];

    public RouterHost(NamespaceLoop loop, InstanceConfiguration configuration)
    {
        _loop = loop;
        Configuration = configuration;
        Router = new VirtualRouter(ParametersOf(configuration));
        Addresses = new VirtualAddressSet(configuration, Router.Parameters.Lease);
        Routes = new VirtualRouteSet(configuration);
        _advertised = RouterFrames.AdvertisedAddresses(configuration);
        _checksum = new ChecksumStyleSelector(configuration.ChecksumStyle);
        _expectation = ExpectationOf(configuration);
        CountingSince = loop.TimeProvider.GetUtcNow();
        _recording = loop.Recording is { } channel ? new RouterRecording(channel, loop.TimeProvider, configuration) : null;
        Publish();
    }

    /// <summary>The configuration in force.</summary>
    public InstanceConfiguration Configuration { get; private set; }

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

    /// <summary>When the loop must call <see cref="OnTime"/> at the latest.</summary>
    public Instant NextDeadline => Instant.Min(
        Instant.Min(Instant.Min(Router.NextDeadline, _announcing.NextDeadline), Instant.Min(_versionMismatchUntil, _attachAgainAt)),
        Instant.Min(Instant.Min(_buildAgainAt, _decideAgainAt), _publishAt));

    /// <summary>Begins; faults are known by now.</summary>
    public void Start(Instant now)
    {
        Attach(now);
        if (Router.Faults.HasFlag(FaultReasons.NotOwner))
        {
            throw VrrpErrors.NotAddressOwner(Configuration.Name, Configuration.InterfaceName, Configuration.VirtualAddresses);
        }

        Run(Input.Startup(), now);
        if (Router.State == RouterState.Fault)
        {
            Report(VrrpEventKind.Waiting, $"Cannot take part yet: {FaultText.Describe(Router.Faults, Configuration.InterfaceName)}.", isWarning: true);
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

        _isRepeated = now >= _decideAgainAt;
        if (_isRepeated)
        {
            DecideAgain(now);
        }

        long slack = Math.Min(2 * Instant.NanosecondsPerMillisecond, Configuration.AdvertisementInterval.Nanoseconds / 20);
        if (Router.NextDeadline <= now || Router.NextAdvertisement <= now + slack)
        {
            Run(Input.Tick(slack), now);
        }

        ContinueAnnouncing(now, now);
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
        Run(request.Target == RouterState.Initialize ? Input.Shutdown(request.Options.Force, limit) : Input.Suspend(request.Options.Force, limit), now);
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
        Run(Input.HandOver((long)(options.HoldFor?.TotalNanoseconds ?? 0), limit), now);
        return completion;
    }

    /// <summary>Announces all addresses again.</summary>
    /// <exception cref="VrrpException">NotMaster.</exception>
    public void AnnounceNow(Instant now)
    {
        if (Router.State != RouterState.Master)
        {
            throw VrrpErrors.NotMaster(Key, Router.State);
        }

        AnnounceAll(isCorrection: true, now);
    }

    /// <summary>Takes part again.</summary>
    public void Resume(Instant now) => Run(Input.Resume(), now);

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
        Detach();
        _move?.TrySetException(VrrpErrors.NoSuccessor(Key, Router.State));
        _move = null;
        var stop = _stop;
        _stop = null;
        stop?.Complete(MonotonicClock.Now, _successor.IsNone ? null : _successor.ToString());
    }

    private static RouterParameters ParametersOf(InstanceConfiguration configuration) => new()
    {
        Version = configuration.Version,
        Priority = (byte)configuration.Priority,
        AdvertisementInterval = configuration.AdvertisementInterval,
        Preempt = configuration.Preempt,
        PreemptDelay = (long)configuration.PreemptDelay.TotalNanoseconds,
        StartupDelay = (long)configuration.StartupDelay.TotalNanoseconds,
        AddressCount = configuration.VirtualAddresses.Count,
        Lease = LeaseOf(configuration),
        AnnouncementRepeats = [.. configuration.Announcement.RepeatAfter.Select(static delay => (long)delay.TotalNanoseconds).Order()],
        AnnouncementRefreshRepeat = configuration.Announcement.RefreshRepeat,
        AnswerLowerPriority = configuration.AnswerLowerPriority,
        AdvertiseBeforeYielding = configuration.AdvertiseBeforeYielding,
        AnnouncementRefresh = (long)configuration.Announcement.RefreshInterval.TotalNanoseconds,
    };

    private static long LeaseOf(InstanceConfiguration configuration) => configuration switch
    {
        { NoAddressLease: true } => 0,
        { AddressLease: { } lease } => (long)lease.TotalNanoseconds,
        _ => ElectionTimers.DefaultLease(configuration.AdvertisementInterval),
    };

    private static AdvertisementExpectation ExpectationOf(InstanceConfiguration configuration)
    {
        var expectation = new AdvertisementExpectation(configuration.Version, (byte)configuration.VirtualRouterId, configuration.AdvertisementInterval)
        {
            StrictAddressList = configuration.StrictAddressList,
            StrictFirstAddress = configuration.Strict,
        };
        return configuration.AuthenticationPass is { } password && AuthenticationData.TryCreate(password.Reveal(), out var data)
            ? expectation with { AuthenticationType = AuthenticationType.SimpleText, AuthenticationData = data }
            : expectation;
    }

    private void MeasureLateness(Instant now)
    {
        var deadline = Router.NextDeadline;
        if (deadline <= now)
        {
            Counters.NoteLateness(now - deadline, Configuration.AdvertisementInterval.Nanoseconds / 10);
        }
    }
}
