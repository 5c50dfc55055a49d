using System.Collections.Concurrent;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Health.Probes;
using VrrpPS.Engine.Runtime.Links;

namespace VrrpPS.Engine.Health;

/// <summary>
/// The trackers of one instance: who looks, what was seen, what follows. Belongs to the loop; the threads that look only put their
/// results into its queue.
/// </summary>
internal sealed class TrackerBoard(Action wake, TimeProvider time) : IDisposable
{
    /// <summary>Only where something is tracked: an empty queue is as large as all the rest of an instance's board.</summary>
    private ConcurrentQueue<(TrackerConfiguration Tracker, ProbeResult Result)>? _results;
    private volatile TrackerSlot[] _slots = [];
    private InstanceConfiguration? _instance;
    private bool _isLooking;

    /// <summary>What all trackers together add to the priority.</summary>
    public int PrioritySum { get; private set; }

    /// <summary>Why they keep the instance out of the election.</summary>
    public TrackerFaults Faults { get; private set; } = TrackerFaults.None;

    /// <summary>Whether results wait to be taken in.</summary>
    public bool HasResults => _results is { IsEmpty: false };

    /// <summary>The trackers as they stand; readable from any thread.</summary>
    public IReadOnlyList<TrackerSlot> Slots => _slots;

    /// <summary>
    /// Takes over a list of trackers. Those that look at the same thing as before go on; the instance does not wait for new ones
    /// unless it is just starting.
    /// </summary>
    public void Configure(InstanceConfiguration instance, bool isStarting)
    {
        _instance = instance;
        var previous = _slots;
        var slots = new List<TrackerSlot>();
        foreach (var tracker in All(instance))
        {
            var same = Array.Find(previous, slot => slot.Tracker.LooksLike(tracker));
            slots.Add(same?.With(tracker) ?? new TrackerSlot(tracker, isStarting));
        }

        foreach (var old in previous)
        {
            if (!slots.Exists(slot => slot.Thread == old.Thread))
            {
                old.Thread?.Dispose();
            }
        }

        _results ??= slots.Count > 0 ? new() : null;
        _slots = [.. slots];
        if (_isLooking)
        {
            Look();
        }

        Judge();
    }

    /// <summary>Begins to look.</summary>
    public void Look()
    {
        _isLooking = true;
        foreach (var slot in _slots)
        {
            if (slot.Thread is null && ProbeFactory.Create(slot.Tracker, _instance!) is { } probe)
            {
                var tracker = slot.Tracker;
                slot.Thread = new ProbeThread(tracker, probe, _instance!.NetworkNamespace, result => Post(tracker, result));
            }
        }
    }

    /// <summary>Takes the next result that changed a status or what follows, or null when there is none left.</summary>
    public TrackerSlot? TakeResult()
    {
        while (_results is { } results && results.TryDequeue(out var next))
        {
            // Only its weight may have changed since it began to look; what was taken away in between reports in vain.
            if (Array.Find(_slots, slot => slot.Tracker.LooksLike(next.Tracker)) is not { } slot)
            {
                continue;
            }

            var before = slot.Effect;
            bool changed = slot.Note(next.Result, time.GetLocalNow()) || slot.Effect != before;
            Judge();
            if (changed)
            {
                return slot;
            }
        }

        return null;
    }

    /// <summary>Looks at each tracked interface; those whose status changed.</summary>
    public IReadOnlyList<TrackerSlot> NoteInterfaces(LinkTable links)
    {
        List<TrackerSlot>? changed = null;
        foreach (var slot in _slots)
        {
            if (slot.Tracker is InterfaceTracker tracker && slot.NoteInterface(links.Find(tracker.InterfaceName) is { IsUsable: true }, time.GetLocalNow()))
            {
                (changed ??= []).Add(slot);
            }
        }

        if (changed is not null)
        {
            Judge();
        }

        return changed ?? (IReadOnlyList<TrackerSlot>)[];
    }

    /// <summary>Ends all threads that look, without waiting for them.</summary>
    public void Dispose()
    {
        _isLooking = false;
        foreach (var slot in _slots)
        {
            slot.Thread?.Dispose();
            slot.Thread = null;
        }
    }

    /// <summary>The health checks of an instance and its sync group, the tracked interfaces and those that its addresses and routes need among them.</summary>
    internal static IEnumerable<TrackerConfiguration> All(InstanceConfiguration instance)
        => MemberTrackers.Interfaces(instance).Union(NeededInterfaces(instance), StringComparer.Ordinal)
            .Select(static name => (TrackerConfiguration)new InterfaceTracker { Name = name, InterfaceName = name })
            .Concat(MemberTrackers.Checks(instance));

    /// <summary>Other interfaces without which an address or a route that is tracked cannot be; one that has a tracker of its own is left to that.</summary>
    private static IEnumerable<string> NeededInterfaces(InstanceConfiguration instance)
    {
        var addresses = instance.VirtualAddresses.Where(static address => !address.NoTrack).Select(static address => address.InterfaceName);
        var routes = instance.VirtualRoutes.Where(static route => !route.NoTrack)
            .SelectMany(static route => route.NextHops.Select(static hop => hop.InterfaceName).Append(route.InterfaceName));
        var checks = MemberTrackers.Checks(instance);
        return addresses.Concat(routes).OfType<string>()
            .Where(name => name != instance.InterfaceName && !checks.Any(tracker => tracker.Name == name));
    }

    private void Post(TrackerConfiguration tracker, ProbeResult result)
    {
        _results!.Enqueue((tracker, result));
        wake();
    }

    private void Judge()
    {
        int sum = 0;
        var interfaces = new List<string>();
        var checks = new List<string>();
        var pending = new List<string>();
        foreach (var slot in _slots)
        {
            var effect = slot.Effect;
            sum += effect.Priority;
            if (slot.HoldsStart)
            {
                pending.Add($"waiting for the first result of health check '{slot.Tracker.Name}'");
            }
            else if (effect.IsFault)
            {
                (slot.Tracker is InterfaceTracker ? interfaces : checks).Add(TrackerText.Fault(slot));
            }
        }

        PrioritySum = sum;
        Faults = interfaces.Count + checks.Count + pending.Count == 0
            ? TrackerFaults.None
            : new TrackerFaults(interfaces.ToVrrpList(), checks.ToVrrpList(), pending.ToVrrpList());
    }
}
