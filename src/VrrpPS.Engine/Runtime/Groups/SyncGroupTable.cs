using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Notification;
using VrrpPS.Engine.Runtime.Routers;

namespace VrrpPS.Engine.Runtime.Groups;

/// <summary>The sync groups of a namespace. For its loop's own thread.</summary>
internal sealed class SyncGroupTable(NotificationCenter notifications, TimeProvider time)
{
    /// <summary>More steps per member and turn than any change needs; what is left goes on in the next turn.</summary>
    private const int GreatestSteps = 16;

    private readonly List<SyncGroupEntry> _groups = [];

    /// <summary>Refuses an instance that says something else of its group than the members that run.</summary>
    /// <exception cref="VrrpException">InvalidConfiguration, naming the group and a member.</exception>
    public void RequireAgreement(InstanceConfiguration configuration)
    {
        if (Find(configuration.SyncGroup) is { } entry && configuration.SyncGroupOptions != SyncGroupOptions.None
            && entry.Options != SyncGroupOptions.None && entry.Options != configuration.SyncGroupOptions)
        {
            throw VrrpErrors.SyncGroupDiffers(entry.Name, entry.Hosts[0].Configuration.Name, configuration.Name);
        }
    }

    /// <summary>Takes a router into the group of that name; the first one makes it.</summary>
    public void Join(RouterHost router, string name)
    {
        var entry = Find(name);
        if (entry is null)
        {
            entry = new SyncGroupEntry(name, router.Configuration.NetworkNamespace, notifications, time);
            _groups.Add(entry);
        }

        entry.Group.Add(router.Router);
        entry.Hosts.Add(router);
        entry.Configure(router);
    }

    /// <summary>Takes over what a member newly says of its group.</summary>
    public void Configure(RouterHost router) => Find(router.Configuration.SyncGroup)?.Configure(router);

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
                    entry.Close(router);
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Tells the members what their groups want of them, until there is nothing left to tell; then others what became of it.</summary>
    public void Settle()
    {
        foreach (var entry in _groups)
        {
            int steps = GreatestSteps * entry.Hosts.Count;
            for (; steps > 0 && entry.Group.TryNext(MonotonicClock.Now, out var advice); steps--)
            {
                entry.Hosts[advice.Member].OnSyncAdvice(advice.Input, entry.Hosts[advice.Cause], MonotonicClock.Now);
            }

            Explain(entry);
            if (steps > 0)
            {
                entry.Tell();
            }
        }
    }

    private SyncGroupEntry? Find(string? name)
    {
        foreach (var entry in _groups)
        {
            if (entry.Name == name)
            {
                return entry;
            }
        }

        return null;
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
