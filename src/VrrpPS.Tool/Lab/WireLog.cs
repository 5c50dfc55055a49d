namespace VrrpPS.Tool.Lab;

/// <summary>The advertisements the client's link has carried: when, and from whom.</summary>
internal sealed class WireLog
{
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan At, string Source, int Priority)> _adverts = [];

    /// <summary>Notes one.</summary>
    public void Add(TimeSpan at, string source, int priority)
    {
        lock (_lock)
        {
            _adverts.Add((at, source, priority));
        }
    }

    /// <summary>When a router was last heard before a moment; null if never.</summary>
    public TimeSpan? LastBefore(string source, TimeSpan before)
    {
        lock (_lock)
        {
            var found = _adverts.FindLastIndex(a => a.Source == source && a.At < before);
            return found < 0 ? null : _adverts[found].At;
        }
    }

    /// <summary>When a router that takes the role was first heard from a moment on; null if not yet.</summary>
    public TimeSpan? FirstAfter(string source, TimeSpan after)
    {
        lock (_lock)
        {
            var found = _adverts.FindIndex(a => a.Source == source && a.At >= after && a.Priority > 0);
            return found < 0 ? null : _adverts[found].At;
        }
    }
}
