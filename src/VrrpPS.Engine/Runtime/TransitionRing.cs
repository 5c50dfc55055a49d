namespace VrrpPS.Engine.Runtime;

/// <summary>The last transitions of one instance: the newest take the place of the oldest. Grows up to its capacity as it is needed.</summary>
internal sealed class TransitionRing(int capacity)
{
    private readonly List<(long Number, VrrpTransition Transition)> _entries = [];

    /// <summary>Where the oldest is, once it is full.</summary>
    private int _oldest;

    public void Add(long number, VrrpTransition transition)
    {
        if (_entries.Count < capacity)
        {
            _entries.Add((number, transition));
            return;
        }

        _entries[_oldest] = (number, transition);
        _oldest = (_oldest + 1) % capacity;
    }

    /// <summary>The last so many, oldest first.</summary>
    public IEnumerable<(long Number, VrrpTransition Transition)> Latest(int count)
    {
        for (int i = Math.Max(0, _entries.Count - count); i < _entries.Count; i++)
        {
            yield return _entries[(_oldest + i) % _entries.Count];
        }
    }
}
