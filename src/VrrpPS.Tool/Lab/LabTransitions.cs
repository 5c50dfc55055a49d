namespace VrrpPS.Tool.Lab;

/// <summary>All transitions of all nodes, and waiting for one of them.</summary>
internal sealed class LabTransitions
{
    private readonly Lock _lock = new();
    private readonly List<NodeTransition> _all = [];
    private readonly List<(Func<NodeTransition, bool> Match, TaskCompletionSource<NodeTransition> Found)> _waiting = [];
    private readonly LabTimeline _timeline;

    public LabTransitions(LabTimeline timeline) => _timeline = timeline;

    /// <summary>Notes and prints one.</summary>
    public void Add(NodeTransition transition)
    {
        _timeline.Event(transition.At, transition.Node, transition.Text);
        lock (_lock)
        {
            _all.Add(transition);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Match(transition))
                {
                    _waiting[i].Found.TrySetResult(transition);
                    _waiting.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>How the node that is Master now became it; the latest one if several are, null if none is.</summary>
    public NodeTransition? CurrentMaster()
    {
        lock (_lock)
        {
            return _all.GroupBy(t => t.Node).Select(node => node.Last()).Where(t => t.To == "Master").MaxBy(t => t.At);
        }
    }

    /// <summary>The first transition, past or future, that matches.</summary>
    public Task<NodeTransition> FirstAsync(Func<NodeTransition, bool> match)
    {
        lock (_lock)
        {
            if (_all.Find(t => match(t)) is { } found)
            {
                return Task.FromResult(found);
            }

            var future = new TaskCompletionSource<NodeTransition>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((match, future));
            return future.Task;
        }
    }
}
