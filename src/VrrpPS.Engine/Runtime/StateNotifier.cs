namespace VrrpPS.Engine.Runtime;

/// <summary>
/// Tells subscribers that some state has changed, on a thread of its own: what they do, even blocking for ever or failing,
/// cannot reach a loop. Signals that come faster than they are told add up to one.
/// </summary>
internal sealed class StateNotifier : IDisposable
{
    private readonly object _gate = new();
    private Action? _handlers;
    private Thread? _thread;
    private bool _pending;
    private bool _ended;

    /// <summary>Something has changed. The first subscriber starts the thread.</summary>
    public event Action? Updated
    {
        add
        {
            lock (_gate)
            {
                _handlers += value;
                if (_thread is null && !_ended)
                {
                    _thread = new Thread(Run) { IsBackground = true, Name = "vrrp states" };
                    _thread.Start();
                }
            }
        }
        remove
        {
            lock (_gate)
            {
                _handlers -= value;
            }
        }
    }

    /// <summary>Called with what a subscriber threw.</summary>
    public event Action<Exception>? SubscriberFailed;

    /// <summary>Something has changed. Never waits for a subscriber.</summary>
    public void Signal()
    {
        lock (_gate)
        {
            if (_handlers is not null)
            {
                _pending = true;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Ends the thread; waits for it at most two seconds.</summary>
    public void Dispose()
    {
        Thread? thread;
        lock (_gate)
        {
            _ended = true;
            thread = _thread;
            Monitor.Pulse(_gate);
        }

        if (thread != Thread.CurrentThread)
        {
            thread?.Join(TimeSpan.FromSeconds(2));
        }
    }

    private void Run()
    {
        while (true)
        {
            Action? handlers;
            lock (_gate)
            {
                while (!_pending && !_ended)
                {
                    Monitor.Wait(_gate);
                }

                if (_ended)
                {
                    return;
                }

                _pending = false;
                handlers = _handlers;
            }

            foreach (var handler in Delegate.EnumerateInvocationList(handlers))
            {
                Tell(handler);
            }
        }
    }

    private void Tell(Action handler)
    {
        try
        {
            handler();
        }
#pragma warning disable CA1031 // A subscriber that is just leaving may have closed what it waits on; the others are told all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SubscriberFailed?.Invoke(exception);
        }
    }
}
