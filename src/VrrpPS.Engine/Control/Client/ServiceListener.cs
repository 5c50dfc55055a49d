using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Control.Client;

/// <summary>
/// What a service tells, through its restarts: when the connection ends, it is sought again, a tenth of a second later at first and
/// every five seconds at last, and the transitions that were missed meanwhile are told as the service remembers them.
/// </summary>
public sealed class ServiceListener : IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    private readonly Func<ServiceEngine> _open;
    private readonly Action<VrrpEvent> _told;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private volatile ServiceEngine _service;
    private ServiceEngine? _gone;
    private DateTimeOffset _last;
    private List<VrrpEvent>? _early;

    /// <summary>Listens.</summary>
    /// <param name="service">Owned from here on.</param>
    /// <param name="open">Connects again; throws while nobody answers.</param>
    /// <param name="told">Called with each event, in order.</param>
    /// <exception cref="VrrpException">The service went while it was asked.</exception>
    public ServiceListener(ServiceEngine service, Func<ServiceEngine> open, Action<VrrpEvent> told)
    {
        _open = open;
        _told = told;
        _service = service;
        _last = TimeProvider.System.GetLocalNow();
        Attach(service);
    }

    /// <summary>Ends it; whoever was told is told no more, but for what is being told just now. Waits for nobody.</summary>
    public void Dispose()
    {
        // No lock: whoever is being told may hold one that the caller has.
        _end.Cancel();
        _service.Dispose();
    }

    private void Attach(ServiceEngine service)
    {
        service.ConnectionEnded += () => OnEnded(service);
        service.EventRaised += OnTold;
    }

    private void OnTold(VrrpEvent item)
    {
        lock (_gate)
        {
            if (_early is { } early)
            {
                early.Add(item);
            }
            else
            {
                Tell(item);
            }
        }
    }

    private void OnEnded(ServiceEngine service)
    {
        lock (_gate)
        {
            if (_end.IsCancellationRequested || service != _service)
            {
                _gone = service;
                return;
            }

            Say($"The service on '{service.Path}' has ended the connection. It is sought until it answers again.", isWarning: true);
        }

        service.Dispose();
        _ = Task.Run(ReturnAsync);
    }

    private async Task ReturnAsync()
    {
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                await Task.Delay(pause, _end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (TryReturn())
            {
                return;
            }
        }
    }

    private bool TryReturn()
    {
        ServiceEngine? service = null;
        try
        {
            service = _open();
            lock (_gate)
            {
                _early = [];
            }

            // Subscribed first and asked then: what happens in between comes twice and not never.
            Attach(service);
            return Continue(service, service.GetHistory());
        }
        catch (VrrpException)
        {
            // It is not there yet, or gone again.
            service?.Dispose();
            return false;
        }
    }

    private bool Continue(ServiceEngine service, IReadOnlyList<VrrpTransition> history)
    {
        lock (_gate)
        {
            var early = _early ?? [];
            _early = null;
            if (service == _gone)
            {
                service.Dispose();
                return false;
            }

            _service = service;
            if (_end.IsCancellationRequested)
            {
                service.Dispose();
                return true;
            }

            VrrpTransition[] missed = [.. history.Where(transition => transition.Time > _last)];
            Say($"The service on '{service.Path}' answers again.", isWarning: false);
            foreach (var transition in missed)
            {
                Tell(new VrrpEvent(transition));
            }

            foreach (var item in early.Where(item => item.Transition is not { } transition || transition.Time > _last))
            {
                Tell(item);
            }

            return true;
        }
    }

    private void Say(string message, bool isWarning) => Tell(new VrrpEvent
    {
        Time = TimeProvider.System.GetLocalNow(),
        Name = "service",
        Kind = VrrpEventKind.Connection,
        Message = message,
        IsWarning = isWarning,
    });

    private void Tell(VrrpEvent item)
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        if (item.Transition is { } transition && transition.Time > _last)
        {
            _last = transition.Time;
        }

        _told(item);
    }
}
