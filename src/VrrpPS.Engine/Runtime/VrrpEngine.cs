using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Health;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Notification;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// The engine: one loop per network namespace in use, one thread for events, and what all instances have done. Every
/// member may be called from any thread.
/// </summary>
public sealed partial class VrrpEngine : IVrrpEngine
{
    private readonly Lock _lock = new();
    private readonly EventDispatcher _events = new();
    private readonly StateNotifier _states = new();
    private readonly HistoryStore _history = new();
    private readonly LocalKeepalivedCheck _keepaliveds = new();
    private readonly RecordingWriter? _recording;
    private Task? _shutdown;
    private const int GreatestSubscriberFailures = 100;

    private readonly HashSet<string> _subscriberFailures = new(StringComparer.Ordinal);
    private readonly double _firstPhase = Random.Shared.NextDouble();
    private long _phases;

    /// <summary>How long the end of an engine waits for commands and mails that are still to be told.</summary>
    private static readonly TimeSpan NotificationBound = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ForcedNotificationBound = TimeSpan.FromSeconds(1);

    /// <summary>Makes an engine without instances.</summary>
    /// <exception cref="VrrpException">RecordingUnwritable: the recording that the options ask for cannot be begun.</exception>
    public VrrpEngine(EngineOptions? options = null)
    {
        Options = options ?? EngineOptions.Default;
        _events.SubscriberFailed += ReportSubscriber;
        _states.SubscriberFailed += ReportSubscriber;
        Notifications = new NotificationCenter(Options.TimeProvider, ReportNotification);
        if (Options.Recording is { } recording)
        {
            LinuxPlatform.Require();
            _recording = new RecordingWriter(recording, ReportRecording);
        }
    }

    /// <inheritdoc/>
    public event Action<VrrpEvent>? EventRaised
    {
        add => _events.Raised += value;
        remove => _events.Raised -= value;
    }

    /// <inheritdoc/>
    public event Action? StateUpdated
    {
        add => _states.Updated += value;
        remove => _states.Updated -= value;
    }

    /// <summary>What the engine was told when it was made.</summary>
    public EngineOptions Options { get; }

    /// <inheritdoc/>
    public async Task StartAsync(InstanceConfiguration configuration, CancellationToken cancellationToken = default)
    {
        LinuxPlatform.Require();
        ProcessCapabilities.Require(Capabilities.NetAdmin | Capabilities.NetRaw);
        ConfigurationValidator.ThrowIfInvalid(configuration);
        await Task.Run(
            () =>
            {
                _keepaliveds.Require(configuration);
                TrackerCheck.Require(configuration);
            },
            cancellationToken).ConfigureAwait(false);
        try
        {
            await StartOnLoopAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // A loop that was made for this instance must not stay behind without one.
            CloseIdleLoops();
            throw;
        }
    }

    private async Task StartOnLoopAsync(InstanceConfiguration configuration, CancellationToken cancellationToken)
    {
        while (true)
        {
            await FailedLoopEndedAsync(configuration.NetworkNamespace).WaitAsync(cancellationToken).ConfigureAwait(false);
            var loop = LoopFor(new InstanceKey(configuration.Name, configuration.NetworkNamespace));
            await loop.Opened.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // Not given up half-way: a caller who is told that he cancelled the start must not find the instance running.
                bool started = await loop.InvokeAsync(now =>
                {
                    if (cancellationToken.IsCancellationRequested)
                    {
                        return false;
                    }

                    loop.Start(configuration, now);
                    return true;
                }).ConfigureAwait(false);
                if (!started)
                {
                    throw new OperationCanceledException(cancellationToken);
                }

                return;
            }
            catch (VrrpException exception) when (exception.ErrorId == ErrorIds.EngineFailed && !loop.IsAlive && exception.InnerException is null)
            {
                // The loop had just closed because its last instance had stopped: take a new one.
                await loop.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<StopOutcome> StopAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default)
    {
        var outcome = await LeaveAsync(key, RouterState.Initialize, options, cancellationToken).ConfigureAwait(false);
        CloseIdleLoops();
        return outcome;
    }

    /// <inheritdoc/>
    public Task<StopOutcome> SuspendAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default)
        => LeaveAsync(key, RouterState.Suspended, options, cancellationToken);

    /// <inheritdoc/>
    public Task ResumeAsync(InstanceKey key, CancellationToken cancellationToken = default)
        => OnRouterAsync(key, static (router, now) => router.Resume(now), cancellationToken);

    /// <inheritdoc/>
    public Task AnnounceAsync(InstanceKey key, CancellationToken cancellationToken = default)
        => OnRouterAsync(key, static (router, now) => router.AnnounceNow(now), cancellationToken);

    /// <inheritdoc/>
    public async Task<MoveOutcome> MoveAsync(InstanceKey key, MoveOptions options, CancellationToken cancellationToken = default)
    {
        var loop = FindLoop(key);
        var move = await loop.InvokeAsync(now => FindRouter(loop, key).Move(options, now)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return await move.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(InstanceKey key, InstanceConfiguration configuration, CancellationToken cancellationToken = default)
    {
        ConfigurationValidator.ThrowIfInvalid(configuration);
        await Task.Run(() => TrackerCheck.Require(configuration), cancellationToken).ConfigureAwait(false);
        var settled = Task.CompletedTask;
        do
        {
            await OnRouterAsync(key, (router, now) => settled = router.Apply(configuration, now), cancellationToken).ConfigureAwait(false);
            await settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        while (settled != Task.CompletedTask);
    }

    /// <inheritdoc/>
    public Task ClearCountersAsync(InstanceKey key, CancellationToken cancellationToken = default)
        => OnRouterAsync(key, static (router, _) => router.ClearCounters(), cancellationToken);

    /// <inheritdoc/>
    public Task ShutdownAsync(StopOptions options, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_shutdown is not null && options.Force)
            {
                // Somebody lost patience with a hand-over that is under way.
                _ = Task.WhenAll(StopAll(options));
                Notifications.Hurry();
            }

            _shutdown ??= StopEverythingAsync(options);
            return _shutdown.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task TurnAsync(CancellationToken cancellationToken = default)
        => Task.WhenAll(AllLoops().Select(TurnAsync)).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<InstanceConfiguration> GetConfigurations() => [.. Published().Select(static router => router.Snapshot.Configuration)];

    /// <inheritdoc/>
    public IReadOnlyList<VrrpState> GetStates()
    {
        var time = Options.TimeProvider.GetLocalNow();
        return [.. Published().Select(router => StateOf(router, time))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<VrrpCounter> GetCounters() => [.. Published().Select(router => CounterView.Of(router, Options.Host))];

    /// <inheritdoc/>
    public IReadOnlyList<VrrpTransition> GetHistory() => _history.All();

    /// <summary>Stops everything without waiting for successors and ends all threads.</summary>
    public void Dispose()
    {
        ShutdownAsync(StopOptions.Immediately).Wait(TimeSpan.FromSeconds(15));
        Notifications.Dispose();
        _recording?.Dispose();
        _events.Dispose();
        _states.Dispose();
    }

    /// <summary>Whom the instances tell what happens.</summary>
    internal NotificationCenter Notifications { get; }

    /// <summary>How many events instances have reported.</summary>
    internal long ReportsPosted => _events.Posted;

    /// <summary>Whether the subscribers have been given everything that was reported so far.</summary>
    internal bool ReportsSettled => _events.IsSettled;

    /// <summary>
    /// Where in their interval the advertisements of the next few instances go, 0 to 1: multiples of the golden ratio keep any number of
    /// phases apart without knowing how many will follow. They begin anywhere: the engines of one machine, in containers or sessions, share
    /// its clock, and the phases are places on it.
    /// </summary>
    internal double NextPhase()
    {
        const double golden = 0.6180339887498949;
        double turns = _firstPhase + (Interlocked.Increment(ref _phases) * golden);
        return turns - Math.Floor(turns);
    }

    internal RecordingChannel? OpenRecordingChannel() => _recording?.OpenChannel();

    internal void Post(VrrpEvent @event) => _events.Post(@event);

    internal void Record(InstanceKey key, VrrpTransition transition) => _history.Add(key, transition);

    internal void StateChanged() => _states.Signal();

    private void ReportNotification(NoticeSubject? subject, string message)
    {
        string[] members = subject is { IsGroup: true } group
            ? [.. GetConfigurations().Where(c => c.SyncGroup == group.Name && c.NetworkNamespace == group.NetworkNamespace).Select(static c => c.Name)]
            : [];
        if (members.Length == 0)
        {
            PostNotification(subject?.Name ?? "notification", subject, message);
        }

        // A group is nobody whose events anybody hears: its members' are heard.
        foreach (string member in members)
        {
            PostNotification(member, subject, $"Sync group {subject!.Value.Name}: {message}");
        }
    }

    private void PostNotification(string name, NoticeSubject? subject, string message) => Post(new VrrpEvent
    {
        Time = Options.TimeProvider.GetLocalNow(),
        Name = name,
        Kind = VrrpEventKind.NotificationFailed,
        Message = message,
        IsWarning = true,
        NetworkNamespace = subject?.NetworkNamespace,
    });

    private void ReportRecording(string message) => Post(new VrrpEvent
    {
        Time = Options.TimeProvider.GetLocalNow(),
        Name = "recording",
        Kind = VrrpEventKind.Information,
        Message = message,
        IsWarning = true,
    });

    /// <summary>
    /// Tells the other subscribers, each kind of failure once: one that fails with every event would fail with this one, too, and never
    /// come to an end.
    /// </summary>
    private void ReportSubscriber(Exception failure)
    {
        lock (_lock)
        {
            if (_subscriberFailures.Count == GreatestSubscriberFailures || !_subscriberFailures.Add($"{failure.GetType()}: {failure.Message}"))
            {
                return;
            }
        }

        Post(new VrrpEvent
        {
            Time = Options.TimeProvider.GetLocalNow(),
            Name = "engine",
            Kind = VrrpEventKind.Information,
            Message = $"A subscriber of events failed, and is told of the next ones all the same: {failure.GetType().Name}: {failure.Message}",
            IsWarning = true,
        });
    }

    private static RouterHost FindRouter(NamespaceLoop loop, InstanceKey key)
        => loop.Routers.Find(router => router.Key == key) ?? throw VrrpErrors.InstanceNotFound(key.Name, key.NetworkNamespace);

    private async Task OnRouterAsync(InstanceKey key, Action<RouterHost, Protocol.Instant> command, CancellationToken cancellationToken)
    {
        var loop = FindLoop(key);
        await loop.InvokeAsync(now =>
        {
            command(FindRouter(loop, key), now);
            return true;
        }).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<StopOutcome> LeaveAsync(InstanceKey key, RouterState target, StopOptions options, CancellationToken cancellationToken)
    {
        var loop = FindLoop(key);
        var request = await loop.InvokeAsync(now =>
        {
            var router = FindRouter(loop, key);
            var stop = new StopRequest(target, options, now);
            router.Leave(stop, now);
            return stop;
        }).ConfigureAwait(false);
        if (target == RouterState.Initialize)
        {
            // Also when nobody waits for the end any more.
            _ = request.Completion.ContinueWith(
                _ => CloseIdleLoops(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return await request.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task StopEverythingAsync(StopOptions options)
    {
        var loops = AllLoops();

        // Whatever was being started when the end came is running once these have come through, and nothing starts after them.
        await Task.WhenAll(loops.Select(RefuseStartsAsync)).ConfigureAwait(false);
        await Task.WhenAll(StopAll(options)).ConfigureAwait(false);
        foreach (var loop in loops)
        {
            loop.Close();
        }

        await Task.WhenAll(loops.Select(static loop => loop.Ended)).ConfigureAwait(false);

        // The addresses are released: from here on nobody waits but whoever wants the last words told.
        await Task.Run(() => Notifications.Finish(options.Force ? ForcedNotificationBound : NotificationBound)).ConfigureAwait(false);
    }

    private static async Task TurnAsync(NamespaceLoop loop)
    {
        try
        {
            _ = await loop.InvokeAsync(static _ => true).ConfigureAwait(false);
        }
        catch (VrrpException exception) when (exception.ErrorId == ErrorIds.EngineFailed)
        {
            // It has ended; if through a defect, its instances have said so.
            return;
        }
    }

    private static async Task RefuseStartsAsync(NamespaceLoop loop)
    {
        try
        {
            await loop.InvokeAsync(_ =>
            {
                loop.RefuseStarts();
                return true;
            }).ConfigureAwait(false);
        }
        catch (VrrpException exception) when (exception.ErrorId == ErrorIds.EngineFailed)
        {
            // It has ended already.
            return;
        }
    }

    private VrrpState StateOf(RouterHost router, DateTimeOffset time) => StateView.Of(router, Options.Host, time, _history.Latest(router.Key, ReasonChain.Most));

    private IEnumerable<Task> StopAll(StopOptions options)
        => Published().ToArray().Select(router => StopQuietlyAsync(router.Key, options));

    private async Task StopQuietlyAsync(InstanceKey key, StopOptions options)
    {
        try
        {
            await LeaveAsync(key, RouterState.Initialize, options, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VrrpException exception) when (exception.ErrorId is ErrorIds.InstanceNotFound or ErrorIds.EngineFailed)
        {
            // It stopped by itself between the listing and the command: that is what was wanted.
            return;
        }
    }
}
