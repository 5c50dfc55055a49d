namespace VrrpPS.Engine.Runtime;

/// <summary>
/// The last transitions of every instance, kept after the instance has stopped so that the morning can ask about the night.
/// </summary>
internal sealed class HistoryStore
{
    /// <summary>Transitions kept per instance.</summary>
    public const int Capacity = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<InstanceKey, TransitionRing> _byInstance = [];
    private long _count;

    public void Add(InstanceKey key, VrrpTransition transition)
    {
        lock (_lock)
        {
            if (!_byInstance.TryGetValue(key, out var transitions))
            {
                _byInstance.Add(key, transitions = new TransitionRing(Capacity));
            }

            transitions.Add(_count++, transition);
        }
    }

    /// <summary>The last transitions of one instance, oldest first.</summary>
    public IReadOnlyList<VrrpTransition> Latest(InstanceKey key, int count)
    {
        lock (_lock)
        {
            return _byInstance.TryGetValue(key, out var transitions) ? [.. transitions.Latest(count).Select(static entry => entry.Transition)] : [];
        }
    }

    /// <summary>All transitions, oldest first.</summary>
    public IReadOnlyList<VrrpTransition> All()
    {
        lock (_lock)
        {
            // In the order they happened, not by their times: those follow every step of the wall clock.
            return [.. _byInstance.Values.SelectMany(static transitions => transitions.Latest(Capacity)).OrderBy(static entry => entry.Number).Select(static entry => entry.Transition)];
        }
    }
}
