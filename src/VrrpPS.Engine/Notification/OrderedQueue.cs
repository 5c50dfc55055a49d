namespace VrrpPS.Engine.Notification;

/// <summary>
/// Hands items to one handler, one after the other, on a thread of its own. Posting never waits: when the queue is full the oldest
/// item is dropped and counted, because the newest tells what is true now.
/// </summary>
/// <typeparam name="T">What is queued.</typeparam>
public sealed class OrderedQueue<T> : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<T> _items;
    private readonly int _capacity;
    private readonly Action<T, CancellationToken> _handle;
    private readonly Action<Exception> _failed;
    private readonly Task _after;
    private readonly CancellationTokenSource _abandoned = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _completed;
    private long _lost;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="capacity">How many items may wait; at least 1.</param>
    /// <param name="handle">Called with each item; the token is cancelled when nobody waits for the end any more.</param>
    /// <param name="failed">Called with what the handler threw, on the same thread.</param>
    /// <param name="after">What must have ended before the first item is handled: a predecessor's <see cref="Ended"/>.</param>
    public OrderedQueue(string name, int capacity, Action<T, CancellationToken> handle, Action<Exception> failed, Task? after = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _items = new Queue<T>();
        _handle = handle;
        _failed = failed;
        _after = after ?? Task.CompletedTask;
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>How many items were dropped because the queue was full, or abandoned at the end.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Completes when the thread has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Adds an item at the end; after <see cref="Complete"/> it counts as lost.</summary>
    public void Post(T item)
    {
        lock (_gate)
        {
            if (_completed)
            {
                _ = Interlocked.Increment(ref _lost);
                return;
            }

            if (_items.Count == _capacity)
            {
                _ = _items.Dequeue();
                _ = Interlocked.Increment(ref _lost);
            }

            _items.Enqueue(item);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes no more; the thread ends when what waits is handled.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes no more, forgets what waits and cancels what is being handled.</summary>
    /// <returns>How many items were forgotten.</returns>
    public int Abandon()
    {
        int forgotten;
        lock (_gate)
        {
            _completed = true;
            forgotten = _items.Count;
            _items.Clear();
            _ = Interlocked.Add(ref _lost, forgotten);
            Monitor.Pulse(_gate);
        }

        if (!_ended.Task.IsCompleted)
        {
            _abandoned.Cancel();
        }

        return forgotten;
    }

    /// <summary>Waits until everything is handled, and abandons what is left after the bound.</summary>
    /// <returns>How many items were abandoned.</returns>
    public int Finish(TimeSpan bound)
    {
        Complete();
        return _ended.Task.Wait(bound) ? 0 : Abandon();
    }

    /// <summary>Abandons what is left; does not wait for the thread.</summary>
    public void Dispose() => _ = Abandon();

    private void Run()
    {
        try
        {
            // A predecessor that was abandoned ends soon; one that is not has its own bound.
            _after.Wait(_abandoned.Token);
            while (TryTake(out var item))
            {
                Handle(item);
            }
        }
        catch (OperationCanceledException)
        {
            // Abandoned before its turn came.
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private bool TryTake(out T item)
    {
        lock (_gate)
        {
            while (_items.Count == 0 && !_completed)
            {
                Monitor.Wait(_gate);
            }

            return _items.TryDequeue(out item!);
        }
    }

    private void Handle(T item)
    {
        try
        {
            _handle(item, _abandoned.Token);
        }
#pragma warning disable CA1031 // One item that cannot be handled must not keep the others from being.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failed(exception);
        }
    }
}
