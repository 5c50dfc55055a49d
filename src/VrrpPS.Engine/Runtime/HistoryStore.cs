namespace VrrpPS.Engine.Runtime;

/// <summary>
/// The last transitions of every instance, kept after the instance has stopped so that the morning can ask about the night.
/// </summary>
internal sealed class HistoryStore
{
    /// <summary>Transitions kept per instance.</summary>
    public const int Capacity = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<InstanceKey, Queue<VrrpTransition>> _byInstance = [];

    public void Add(InstanceKey key, VrrpTransition transition)
    {
        lock (_lock)
        {
            if (!_byInstance.TryGetValue(key, out var transitions))
            {
                _byInstance.Add(key, transitions = new Queue<VrrpTransition>());
            }

            if (transitions.Count == Capacity)
            {
                transitions.Dequeue();
            }

            transitions.Enqueue(transition);
        }
    }

    /// <summary>All transitions, oldest first.</summary>
    public IReadOnlyList<VrrpTransition> All()
    {
        lock (_lock)
        {
            return [.. _byInstance.Values.SelectMany(static transitions => transitions).OrderBy(static transition => transition.Time)];
        }
    }
}
