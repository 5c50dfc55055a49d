using VrrpPS.Engine.Control.Messages;

namespace VrrpPS.Engine.Control.Server;

/// <summary>
/// What waits to be told to one subscriber: a bounded number of events, and whether some state has changed. A subscriber that does
/// not read loses events and is told how many, in their place.
/// </summary>
/// <param name="wanted">What it asked for.</param>
/// <param name="capacity">How many events wait at most.</param>
/// <param name="stateSpacing">The least time between two notifications that some state has changed.</param>
internal sealed class Subscription(SubscribeParameters wanted, int capacity, TimeSpan stateSpacing) : IDisposable
{
    private static readonly byte[] s_stateChanged = ControlLine.Notification(ControlMethods.StateChanged, new Nothing(), ControlJsonContext.Shared.Nothing);

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _lines = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private long _lost;
    private bool _stateChanged;
    private bool _ended;

    /// <summary>Whether it wants to be told each event.</summary>
    public bool WantsEvents => wanted.Events;

    /// <summary>Adds an event. Never waits.</summary>
    public void Post(byte[] line)
    {
        lock (_gate)
        {
            // The gap is told where it is: behind what was there before, and before what comes after.
            if (_lines.Count + (_lost > 0 ? 1 : 0) >= capacity)
            {
                _lost++;
                return;
            }

            TellLost();
            _lines.Enqueue(line);
        }

        Wake();
    }

    /// <summary>Notes that some state has changed. Never waits.</summary>
    public void PostStateChanged()
    {
        if (!wanted.States)
        {
            return;
        }

        lock (_gate)
        {
            _stateChanged = true;
        }

        Wake();
    }

    /// <summary>Sends what there is, as it comes.</summary>
    /// <param name="send">Sends one line; fails when the subscriber does not read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PumpAsync(Func<byte[], Task> send, CancellationToken cancellationToken)
    {
        var stateMayBeTold = Task.CompletedTask;
        while (true)
        {
            await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (Take() is { } line)
            {
                await send(line).ConfigureAwait(false);
            }

            if (TakeStateChanged())
            {
                await stateMayBeTold.ConfigureAwait(false);
                await send(s_stateChanged).ConfigureAwait(false);
                stateMayBeTold = Task.Delay(stateSpacing, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _news.Dispose();
        }
    }

    private byte[]? Take()
    {
        lock (_gate)
        {
            if (_lines.Count == 0)
            {
                TellLost();
            }

            return _lines.TryDequeue(out byte[]? line) ? line : null;
        }
    }

    private bool TakeStateChanged()
    {
        lock (_gate)
        {
            bool changed = _stateChanged;
            _stateChanged = false;
            return changed;
        }
    }

    private void TellLost()
    {
        if (_lost > 0)
        {
            _lines.Enqueue(ControlLine.Notification(ControlMethods.Lost, new LostNotice(_lost), ControlJsonContext.Shared.LostNotice));
            _lost = 0;
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (!_ended && _news.CurrentCount == 0)
            {
                _ = _news.Release();
            }
        }
    }
}
