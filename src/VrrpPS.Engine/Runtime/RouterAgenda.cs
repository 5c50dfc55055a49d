using System.Diagnostics;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// When each router of a loop wants to be called, side by side in memory, so that a wake-up for one of 255 routers does not ask
/// the 254 others. A router whose deadline may have moved is touched, and asked again before the next wait. For the loop's own thread.
/// </summary>
internal sealed class RouterAgenda
{
    private RouterHost[] _routers = [];
    private long[] _deadlines = [];
    private RouterHost[] _touched = [];
    private int _touchedCount;

    /// <summary>The routers touched in this turn, in the order in which that happened.</summary>
    public ReadOnlySpan<RouterHost> Touched => _touched.AsSpan(0, _touchedCount);

    /// <summary>The earliest deadline as of the last <see cref="Refresh"/>; never without routers.</summary>
    public Instant Earliest => new(Deadlines.Earliest(_deadlines));

    /// <summary>Takes over another list of routers; all of them count as touched.</summary>
    public void Take(IReadOnlyList<RouterHost> routers)
    {
        foreach (var router in Touched)
        {
            router.AgendaPlace = -1;
            router.IsTouched = false;
        }

        foreach (var router in _routers)
        {
            router.AgendaPlace = -1;
        }

        _routers = [.. routers];
        _deadlines = new long[_routers.Length];
        _touched = new RouterHost[_routers.Length];
        _touchedCount = 0;
        for (int i = 0; i < _routers.Length; i++)
        {
            _routers[i].AgendaPlace = i;
        }

        TouchAll();
        Refresh();
    }

    /// <summary>Something happened to a router: its deadline may have moved. One that is not on the list is passed over.</summary>
    public void Touch(RouterHost router)
    {
        if (!router.IsTouched && router.AgendaPlace >= 0)
        {
            router.IsTouched = true;
            _touched[_touchedCount++] = router;
        }
    }

    /// <summary>Something happened that may concern any router.</summary>
    public void TouchAll()
    {
        foreach (var router in _routers)
        {
            Touch(router);
        }
    }

    /// <summary>Asks the touched routers for their deadlines.</summary>
    public void Refresh()
    {
        foreach (var router in Touched)
        {
            _deadlines[router.AgendaPlace] = router.NextDeadline.Nanoseconds;
        }
    }

    /// <summary>The first router at or behind a place whose deadline is not after <paramref name="limit"/>; null when there is none.</summary>
    public RouterHost? NextDue(Instant limit, ref int place)
    {
        int due = Deadlines.NextDue(_deadlines, limit.Nanoseconds, place);
        place = due + 1;
        if (due < 0)
        {
            return null;
        }

        FetchAhead(limit.Nanoseconds, place);
        return _routers[due];
    }

    /// <summary>
    /// Since their last turn everything else has gone through the processor's cache: those that follow are fetched while one is at work,
    /// the second one itself, and what the first one refers to.
    /// </summary>
    private void FetchAhead(long limit, int place)
    {
        int first = Deadlines.NextDue(_deadlines, limit, place);
        if (first < 0)
        {
            return;
        }

        _routers[first].FetchParts();
        int second = Deadlines.NextDue(_deadlines, limit, first + 1);
        if (second >= 0)
        {
            CacheHint.Fetch(_routers[second], RouterHost.Size);
        }
    }

    /// <summary>The turn is over: asks once more and lets the touched routers go.</summary>
    public void EndTurn()
    {
        Refresh();
        foreach (var router in Touched)
        {
            router.IsTouched = false;
        }

        _touchedCount = 0;
        Verify();
    }

    /// <summary>A router that moves its deadline without being touched would sleep through it.</summary>
    [Conditional("DEBUG")]
    private void Verify()
    {
        for (int i = 0; i < _routers.Length; i++)
        {
            var deadline = _routers[i].NextDeadline;
            if (deadline.Nanoseconds != _deadlines[i])
            {
                throw new InvalidOperationException($"'{_routers[i].Key}' moved its deadline by {deadline - new Instant(_deadlines[i])} ns without being touched.");
            }
        }
    }
}
