using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime.Routers;

namespace VrrpPS.Engine.Runtime.Groups;

/// <summary>The sync groups of a namespace. For its loop's own thread.</summary>
internal sealed class SyncGroupTable
{
    /// <summary>More steps per member and turn than any change needs; what is left goes on in the next turn.</summary>
    private const int GreatestSteps = 16;

    private readonly List<SyncGroupEntry> _groups = [];

    /// <summary>Takes a router into the group of that name; the first one makes it.</summary>
    public void Join(RouterHost router, string name)
    {
        var entry = _groups.Find(group => group.Name == name);
        if (entry is null)
        {
            entry = new SyncGroupEntry(name);
            _groups.Add(entry);
        }

        entry.Group.Add(router.Router);
        entry.Hosts.Add(router);
    }

    /// <summary>Takes a router out of its group, if it has one; the last one ends it. Whether there was one.</summary>
    public bool Leave(RouterHost router)
    {
        for (int i = 0; i < _groups.Count; i++)
        {
            var entry = _groups[i];
            if (entry.Hosts.Remove(router))
            {
                entry.Group.Remove(router.Router);
                if (entry.Hosts.Count == 0)
                {
                    _groups.RemoveAt(i);
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Tells the members what their groups want of them, until there is nothing left to tell.</summary>
    public void Settle()
    {
        foreach (var entry in _groups)
        {
            for (int steps = GreatestSteps * entry.Hosts.Count; steps > 0 && entry.Group.TryNext(MonotonicClock.Now, out var advice); steps--)
            {
                entry.Hosts[advice.Member].OnSyncAdvice(advice.Input, entry.Hosts[advice.Cause], MonotonicClock.Now);
            }

            Explain(entry);
        }
    }

    /// <summary>Keeps the words of a fault that another member causes up to date.</summary>
    private static void Explain(SyncGroupEntry entry)
    {
        for (int i = 0; i < entry.Hosts.Count; i++)
        {
            if (entry.Hosts[i].IsHeldByGroup && entry.Group.HolderOf(i) is >= 0 and int holder)
            {
                entry.Hosts[i].NoteHolder(entry.Hosts[holder]);
            }
        }
    }
}
