using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>Tells commands, FIFOs, the event file and mail what happens; and lets a leaving Master wait for its commands.</content>
internal sealed partial class RouterHost
{
    private Notifier? _notifier;
    private byte _notifiedPriority;
    private Action<Instant>? _farewell;
    private Instant _farewellEnds = Instant.Never;
    private bool _farewellSaid;

    private NoticeSubject Subject => new(Configuration.Name, Configuration.NetworkNamespace, IsGroup: false);

    private void OpenNotifier()
    {
        _notifiedPriority = Router.Priority;
        _notifier = _loop.Notifications.Open(Subject, Configuration.Notification);
    }

    private void ApplyNotification()
    {
        if (_notifier is { } notifier)
        {
            notifier.Apply(Configuration.Notification);
        }
        else
        {
            _notifier = _loop.Notifications.Open(Subject, Configuration.Notification);
        }
    }

    private void CloseNotifier()
    {
        if (_notifier is { } notifier)
        {
            _notifier = null;
            _loop.Notifications.Close(notifier);
        }
    }

    private void Notify(VrrpTransition transition)
    {
        if (_notifier is not { } notifier)
        {
            return;
        }

        var occasion = transition.ToState switch
        {
            RouterState.Master => NotificationOccasion.Master,
            RouterState.Fault => NotificationOccasion.Fault,
            RouterState.Suspended => NotificationOccasion.Suspended,
            RouterState.Leaving => NotificationOccasion.Leaving,
            RouterState.Initialize => IsBeingRemoved ? NotificationOccasion.Deleted : NotificationOccasion.Stop,
            _ => NotificationOccasion.Backup,
        };
        notifier.Post(NoticeOf(occasion, transition.FromState, transition.ToState, transition.Event, transition.Reason), _farewellSaid && occasion == NotificationOccasion.Leaving);
        _farewellSaid = false;

        // Whoever is told of the state is told of the priority with it.
        _notifiedPriority = Router.Priority;
    }

    private void NotifyLowerPriority(string message)
        => _notifier?.Post(NoticeOf(NotificationOccasion.LowerPriorityHeard, Router.State, Router.State, LastEvent.LowerPriorityMaster, message));

    private void NotifyPriority()
    {
        if (_notifiedPriority == Router.Priority)
        {
            return;
        }

        string reason = $"The priority in force changed from {_notifiedPriority} to {Router.Priority}.";
        _notifiedPriority = Router.Priority;
        if (Router.State is RouterState.Master or RouterState.Backup)
        {
            _notifier?.Post(NoticeOf(NotificationOccasion.PriorityChanged, Router.State, Router.State, Router.LastEvent, reason));
        }
    }

    private Notice NoticeOf(NotificationOccasion occasion, RouterState from, RouterState to, LastEvent cause, string reason) => new()
    {
        Subject = Subject,
        Occasion = occasion,
        Time = _loop.TimeProvider.GetLocalNow(),
        FromState = from,
        ToState = to,
        Event = cause.Name(),
        Reason = reason,
        Priority = Router.Priority,
        Master = TextOf(Router.MasterAddress),
        InterfaceName = Configuration.InterfaceName,
        VirtualRouterId = Configuration.VirtualRouterId,
        AddressFamily = Configuration.AddressFamily,
        VirtualAddresses = Configuration.VirtualAddresses.ToString(),
    };

    /// <summary>
    /// Lets the commands that are to be waited for run while this node is still Master in full; then <paramref name="leave"/> is
    /// called, with the hand-over's bound that is left. They get half of it at most: a successor must have time to take over.
    /// </summary>
    /// <returns>Whether leaving waits; otherwise it is the caller's.</returns>
    private bool SaysFarewell(LastEvent cause, bool force, long limit, Instant now, Action<long, Instant> leave)
    {
        if (_notifier is not { HasFarewell: true } notifier || force || limit <= 0 || Router.State != RouterState.Master)
        {
            CancelFarewell();
            return false;
        }

        _farewell = after => leave(Math.Max(limit / 2, limit - (after - now)), after);
        if (_farewellEnds != Instant.Never)
        {
            // They are running already, for an earlier request.
            return true;
        }

        _farewellEnds = now + (limit / 2);
        notifier.PostFarewell(
            NoticeOf(NotificationOccasion.Leaving, RouterState.Master, RouterState.Leaving, cause, "Leaving; the role is given away when this has ended."),
            () => _ = _loop.InvokeAsync(after => EndFarewell(after)));
        return true;
    }

    /// <summary>The commands have ended, the wait was long enough, or there is no role to give away any more.</summary>
    private bool EndFarewell(Instant now)
    {
        if (_farewell is not { } leave)
        {
            return false;
        }

        _farewellSaid = Router.State == RouterState.Master;
        CancelFarewell();
        leave(now);
        return true;
    }

    /// <summary>The role is gone, so nothing is left to wait for: leaving goes on at the next moment.</summary>
    private void HurryFarewell()
    {
        if (_farewell is not null)
        {
            _farewellEnds = default;
        }
    }

    private void CancelFarewell()
    {
        _farewell = null;
        _farewellEnds = Instant.Never;
    }
}
