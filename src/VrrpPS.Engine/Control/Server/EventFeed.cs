using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Control.Server;

/// <summary>
/// Gives what the engine reports to the subscribers. Each event is written down once; handing it over never waits, so that the
/// engine's other listeners do not wait either.
/// </summary>
internal sealed class EventFeed : IDisposable
{
    private readonly IVrrpEngine _engine;
    private readonly Lock _gate = new();
    private Subscription[] _subscriptions = [];

    public EventFeed(IVrrpEngine engine)
    {
        _engine = engine;
        engine.EventRaised += OnEvent;
        engine.StateUpdated += OnStateUpdated;
    }

    /// <summary>From now on it is told.</summary>
    public void Add(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }
    }

    /// <summary>From now on it is not told any more.</summary>
    public void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.EventRaised -= OnEvent;
        _engine.StateUpdated -= OnStateUpdated;
    }

    private void OnEvent(VrrpEvent report)
    {
        byte[]? line = null;
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            if (subscription.WantsEvents)
            {
                subscription.Post(line ??= ControlLine.Notification(ControlMethods.Event, report, ControlJsonContext.Shared.VrrpEvent));
            }
        }
    }

    private void OnStateUpdated()
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.PostStateChanged();
        }
    }
}
