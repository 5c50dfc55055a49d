using System.Threading.Channels;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// Carries events from the loops to the subscribers on one thread of its own: ordered, bounded, and never a reason for a
/// loop to wait. When a subscriber is so slow that the queue is full, the oldest events are dropped and counted.
/// </summary>
internal sealed class EventDispatcher : IDisposable
{
    private const int Capacity = 4096;

    private readonly Channel<VrrpEvent> _queue;
    private readonly SemaphoreSlim _news = new(0);
    private readonly Thread _thread;
    private long _dropped;
    private long _posted;
    private long _delivered;

    public EventDispatcher()
    {
        _queue = Channel.CreateBounded<VrrpEvent>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
        _thread = new Thread(Run) { IsBackground = true, Name = "vrrp events" };
        _thread.Start();
    }

    public event Action<VrrpEvent>? Raised;

    /// <summary>Events lost because a subscriber was too slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>How many events there were.</summary>
    public long Posted => Interlocked.Read(ref _posted);

    /// <summary>Whether every event posted so far has reached the subscribers or was dropped.</summary>
    public bool IsSettled => Interlocked.Read(ref _delivered) + Dropped >= Posted;

    public void Post(VrrpEvent @event)
    {
        _ = Interlocked.Increment(ref _posted);
        _queue.Writer.TryWrite(@event);
        _ = _news.Release();
    }

    /// <summary>Delivers what is queued and ends the thread; waits for it at most two seconds.</summary>
    public void Dispose()
    {
        if (_queue.Writer.TryComplete())
        {
            _ = _news.Release();
            if (Thread.CurrentThread != _thread)
            {
                _thread.Join(TimeSpan.FromSeconds(2));
            }
        }
    }

    private void Run()
    {
        // A task to wait for would be made anew for each event, with a lock of its own.
        var reader = _queue.Reader;
        while (!reader.Completion.IsCompleted)
        {
            _news.Wait();
            while (reader.TryRead(out var @event))
            {
                Deliver(@event);
                _ = Interlocked.Increment(ref _delivered);
            }
        }
    }

    private void Deliver(VrrpEvent @event)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(Raised))
        {
            try
            {
                handler(@event);
            }
#pragma warning disable CA1031 // A subscriber's fault must not silence the others, and there is nobody left to tell.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                SubscriberFailed?.Invoke(exception);
            }
        }
    }

    /// <summary>Called with what a subscriber threw.</summary>
    public event Action<Exception>? SubscriberFailed;
}
