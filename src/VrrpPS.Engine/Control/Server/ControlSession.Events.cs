using System.Net.Sockets;
using VrrpPS.Engine.Control.Messages;

namespace VrrpPS.Engine.Control.Server;

/// <content>The client as a subscriber.</content>
internal sealed partial class ControlSession
{
    private Subscription? _subscription;
    private CancellationTokenSource? _subscribed;

    /// <summary>Tells the client from now on what it wants to know, instead of what it wanted before.</summary>
    public void Subscribe(SubscribeParameters wanted)
    {
        Unsubscribe();
        var subscription = new Subscription(wanted, _options.EventQueueLength, _options.StateSpacing);
        _subscription = subscription;
        _subscribed = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        _feed.Add(subscription);
        _ = PumpAsync(subscription, _subscribed.Token);
    }

    /// <summary>Tells it nothing more.</summary>
    public void Unsubscribe()
    {
        if (_subscription is { } subscription)
        {
            _feed.Remove(subscription);
            _subscription = null;
            _subscribed!.Cancel();
            _subscribed.Dispose();
            subscription.Dispose();
        }
    }

    private async Task PumpAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            await subscription.PumpAsync(line => SendAsync(line, _options.SubscriberTimeout), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It has unsubscribed, gone, or not read for too long; in that case the session ends as well.
            return;
        }
    }
}
