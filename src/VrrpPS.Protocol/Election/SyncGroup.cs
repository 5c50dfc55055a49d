namespace VrrpPS.Protocol.Election;

/// <summary>
/// Routers of one node that are Master together or not at all. Pure like its members: it looks at them and says which one must be
/// told what, one thing at a time, until everything is settled.
/// <para>
/// The rules: while a member cannot take part, all others are in Fault, and only a member's own faults count for that, so that two
/// members never hold each other. A member takes over when each of them is Master or would be; a role that one loses to
/// another node or that is moved away is given away by all.
/// </para>
/// </summary>
public sealed class SyncGroup
{
    private readonly List<Seat> _seats = [];
    private int _loser = -1;
    private int _mover = -1;
    private int _resumed = -1;

    /// <summary>How many members there are.</summary>
    public int Count => _seats.Count;

    /// <summary>A member by its position.</summary>
    public VirtualRouter this[int index] => _seats[index].Router;

    /// <summary>Takes a router in, behind the others. It must be told <see cref="Input.GroupChanged"/> as well.</summary>
    public void Add(VirtualRouter router) => _seats.Add(new Seat(router, router.State, router.Held));

    /// <summary>Lets a router go; positions behind it move up.</summary>
    public void Remove(VirtualRouter router)
    {
        _seats.RemoveAll(seat => seat.Router == router);
        _loser = _mover = _resumed = -1;
    }

    /// <summary>What is to be done next; nothing when the group is settled. To be asked again after each step of a member.</summary>
    public bool TryNext(Instant now, out SyncAdvice advice)
    {
        NoteChanges();
        return TryHold(out advice) || TryGiveAway(now, out advice) || TryResume(out advice) || TryTakeOver(out advice);
    }

    private void NoteChanges()
    {
        for (int i = 0; i < _seats.Count; i++)
        {
            var (router, state, held) = _seats[i];
            if (state == RouterState.Master && router.State == RouterState.Backup)
            {
                _loser = i;
            }
            else if (state != RouterState.Leaving && router.IsMoving)
            {
                _mover = i;
            }

            if (held && !router.Held && router.State != RouterState.Master)
            {
                _resumed = i;
            }

            if (state != router.State || held != router.Held)
            {
                _seats[i] = new Seat(router, router.State, router.Held);
            }
        }
    }

    private bool TryHold(out SyncAdvice advice)
    {
        // The first two are enough to know for each member whether another one is out.
        int first = FindOut(0);
        int second = first < 0 ? -1 : FindOut(first + 1);
        for (int i = 0; i < _seats.Count; i++)
        {
            int holder = first == i ? second : first;
            bool isHeld = _seats[i].Router.Faults.HasFlag(FaultReasons.SyncGroup);
            if (isHeld != holder >= 0)
            {
                advice = new SyncAdvice(i, Input.GroupFaultChanged(holder >= 0), holder < 0 ? i : holder);
                return true;
            }
        }

        advice = default;
        return false;
    }

    /// <summary>Which member keeps another one from taking part; negative when none does.</summary>
    public int HolderOf(int member)
    {
        int first = FindOut(0);
        return first == member ? FindOut(first + 1) : first;
    }

    private int FindOut(int from)
    {
        for (int i = from; i < _seats.Count; i++)
        {
            if (_seats[i].Router.IsOut)
            {
                return i;
            }
        }

        return -1;
    }

    private bool TryGiveAway(Instant now, out SyncAdvice advice)
    {
        for (int i = 0; i < _seats.Count && (_mover >= 0 || _loser >= 0); i++)
        {
            if (_seats[i].Router.State != RouterState.Master)
            {
                continue;
            }

            if (_mover >= 0)
            {
                var ends = _seats[_mover].Router.HoldEnds;
                advice = new SyncAdvice(i, Input.HandOver(ends == Instant.Never ? 0 : Math.Max(1, ends - now)), _mover);
            }
            else
            {
                advice = new SyncAdvice(i, Input.GiveAway(), _loser);
            }

            return true;
        }

        _mover = _loser = -1;
        advice = default;
        return false;
    }

    private bool TryResume(out SyncAdvice advice)
    {
        for (int i = 0; i < _seats.Count && _resumed >= 0; i++)
        {
            if (_seats[i].Router is { Held: true, State: not RouterState.Suspended })
            {
                advice = new SyncAdvice(i, Input.Resume(), _resumed);
                return true;
            }
        }

        _resumed = -1;
        advice = default;
        return false;
    }

    private bool TryTakeOver(out SyncAdvice advice)
    {
        advice = default;
        int next = -1;
        bool anyWaits = false;
        for (int i = 0; i < _seats.Count; i++)
        {
            var router = _seats[i].Router;
            if (router.CanTakeOver)
            {
                anyWaits |= router.WaitsForGroup;

                // The ones that still serve first: who waits keeps the others' reason.
                next = next < 0 || !router.WaitsForGroup ? i : next;
            }
            else if (router.State != RouterState.Master)
            {
                return false;
            }
        }

        if (!anyWaits)
        {
            return false;
        }

        advice = new SyncAdvice(next, Input.TakeOver(), next);
        return true;
    }

    /// <summary>A member, and what it was when it was last looked at.</summary>
    private readonly record struct Seat(VirtualRouter Router, RouterState State, bool Held);
}
