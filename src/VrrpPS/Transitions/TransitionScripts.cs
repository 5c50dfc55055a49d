using VrrpPS.Engine.Notification;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Transitions;

/// <summary>The scripts of the running instances, each with an ordered, bounded queue of its own.</summary>
internal static class TransitionScripts
{
    private const int Capacity = 256;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<InstanceKey, (TransitionScript Script, OrderedQueue<VrrpTransition> Queue)> Scripts = [];
    private static readonly HashSet<OrderedQueue<VrrpTransition>> Ending = [];

    /// <summary>The script of an instance; null for none.</summary>
    internal static TransitionScript? Find(InstanceKey key)
    {
        lock (Gate)
        {
            return Scripts.TryGetValue(key, out var found) ? found.Script : null;
        }
    }

    /// <summary>Gives an instance a script in place of the one it had; null takes it away. What waits for the old one is still run.</summary>
    internal static void Set(InstanceKey key, TransitionScript? script)
    {
        lock (Gate)
        {
            var before = Release(key);
            if (script is null)
            {
                return;
            }

            void Report(string message) => Tell(key, message);
            var runner = new TransitionRunner(Report);
            OrderedQueue<VrrpTransition>? queue = null;
            long told = 0;
            queue = new OrderedQueue<VrrpTransition>(
                "vrrp transition script",
                Capacity,
                (transition, token) =>
                {
                    runner.Run(script, transition, token);
                    long lost = Volatile.Read(ref queue)?.Lost - told ?? 0;
                    if (lost > 0 && !token.IsCancellationRequested)
                    {
                        told += lost;
                        Report($"The script of -OnTransition missed {lost} transitions, because it took too long.");
                    }
                },
                exception => Report($"The script of -OnTransition cannot be run: {exception.Message}"),
                before);
            _ = queue.Ended.ContinueWith(_ => runner.Dispose(), TaskScheduler.Default);
            Scripts[key] = (script, queue);
        }
    }

    /// <summary>Queues a transition for its instance's script.</summary>
    internal static void Dispatch(VrrpEvent item)
    {
        lock (Gate)
        {
            if (item.Transition is { } transition && Scripts.TryGetValue(new InstanceKey(item.Name, item.NetworkNamespace), out var found))
            {
                found.Queue.Post(transition);
            }
        }
    }

    /// <summary>The engine has ended: what waits is run within a bound, the rest is given up.</summary>
    internal static void Finish(TimeSpan bound)
    {
        OrderedQueue<VrrpTransition>[] queues;
        lock (Gate)
        {
            foreach (var key in Scripts.Keys.ToArray())
            {
                _ = Release(key);
            }

            queues = [.. Ending];
        }

        if (!Task.WaitAll([.. queues.Select(static queue => queue.Ended)], bound))
        {
            foreach (var queue in queues)
            {
                _ = queue.Abandon();
            }
        }
    }

    /// <returns>When the last transition was told of.</returns>
    private static Task Release(InstanceKey key)
    {
        if (!Scripts.Remove(key, out var old))
        {
            return Task.CompletedTask;
        }

        old.Queue.Complete();
        _ = Ending.Add(old.Queue);
        _ = old.Queue.Ended.ContinueWith(_ => Forget(old.Queue), TaskScheduler.Default);
        return old.Queue.Ended;
    }

    private static void Forget(OrderedQueue<VrrpTransition> queue)
    {
        lock (Gate)
        {
            _ = Ending.Remove(queue);
        }
    }

    private static void Tell(InstanceKey key, string message) => SessionEvents.Tell(new VrrpEvent
    {
        Time = TimeProvider.System.GetLocalNow(),
        Name = key.Name,
        NetworkNamespace = key.NetworkNamespace,
        Kind = VrrpEventKind.NotificationFailed,
        Message = message,
        IsWarning = true,
    });
}
