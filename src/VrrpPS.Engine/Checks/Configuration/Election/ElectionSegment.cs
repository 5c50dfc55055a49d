using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>
/// The nodes of one virtual router, or of several that sync groups tie together, on links without loss and on a virtual clock: what
/// the pure machines send is what the others receive. The same configurations always give the same answer.
/// </summary>
internal sealed class ElectionSegment
{
    private const long Latency = 200_000;

    private readonly SimulatedRouter[] _routers;
    private readonly SimulatedSyncGroup[] _syncGroups;
    private readonly Dictionary<RouterGroup, long> _unserved;
    private readonly EffectBuffer _effects = new();
    private readonly PriorityQueue<(SimulatedRouter To, Input Input), (long At, long Order)> _underWay = new();
    private long _order;
    private Instant _now;

    public ElectionSegment(RouterSite site)
    {
        _routers = [.. site.Groups.SelectMany(static group => group.Members.Select((member, position)
            => new SimulatedRouter(group, member, member.Instance.SourceAddress ?? Assumed(group.Family, position))))];
        _syncGroups = [.. _routers.Where(static router => RouterSite.SyncGroupOf(router.Member) is not null)
            .GroupBy(static router => RouterSite.SyncGroupOf(router.Member))
            .Select(static members => new SimulatedSyncGroup([.. members]))];
        _unserved = site.Groups.ToDictionary(static group => group, static _ => 0L);
    }

    public IReadOnlyList<SimulatedRouter> Routers => _routers;

    /// <summary>The sync groups of the nodes.</summary>
    public IReadOnlyList<SimulatedSyncGroup> SyncGroups => _syncGroups;

    /// <summary>A virtual router's part of every node.</summary>
    public IEnumerable<SimulatedRouter> RoutersOf(RouterGroup group) => _routers.Where(router => ReferenceEquals(router.Group, group));

    /// <summary>Who is Master of a virtual router.</summary>
    public IReadOnlyList<SimulatedRouter> MastersOf(RouterGroup group) => [.. RoutersOf(group).Where(static router => router.IsMaster)];

    /// <summary>For how long nobody has served a virtual router's addresses so far, in nanoseconds.</summary>
    public long UnservedOf(RouterGroup group) => _unserved[group];

    /// <summary>Everything that runs on a node.</summary>
    public IEnumerable<SimulatedRouter> RoutersOn(string node) => _routers.Where(router => router.Member.NodeName == node);

    /// <summary>Switches hosts on.</summary>
    public void Start(IReadOnlyCollection<SimulatedRouter> routers)
    {
        foreach (var router in routers)
        {
            router.Renew();
            router.IsAlive = true;
            Step(router, Input.PrimaryAddressChanged(router.Address));
            Step(router, Input.PriorityChanged(SimulatedCheck.HealthyPriority(router.Member.Instance)));
        }

        foreach (var group in _syncGroups.Where(group => group.Routers.Any(routers.Contains)))
        {
            group.Renew();
            foreach (var router in group.Routers)
            {
                Step(router, Input.GroupChanged(isMember: true));
            }
        }

        foreach (var router in routers)
        {
            Step(router, Input.Startup());
        }

        Settle();
    }

    /// <summary>Lets something happen to a node now; its sync groups follow.</summary>
    public void Feed(SimulatedRouter router, in Input input)
    {
        Step(router, input);
        Settle();
    }

    private void Settle()
    {
        foreach (var group in _syncGroups)
        {
            if (group.Routers[0].IsAlive)
            {
                group.Settle(_now, (router, input) => Step(router, input));
            }
        }
    }

    private void Step(SimulatedRouter router, in Input input)
    {
        _effects.Clear();
        router.Machine.Step(input, _now, _effects);
        foreach (var effect in _effects.Span)
        {
            if (effect.Kind == EffectKind.SendAdvertisement)
            {
                var parameters = router.Machine.Parameters;
                Send(router, Input.Received(new AdvertisementInfo(
                    effect.Priority, router.Address, parameters.AdvertisementInterval, Version: parameters.Version)));
            }
            else if (effect.Kind is EffectKind.AnnounceAll or EffectKind.AnnounceAddress)
            {
                Send(router, Input.AddressAnnounced(0));
            }
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Run(long nanoseconds)
    {
        var until = _now + nanoseconds;
        while (true)
        {
            var due = _routers.MinBy(static router => router.NextDeadline)!;
            bool packet = _underWay.TryPeek(out _, out var arrival) && arrival.At <= due.NextDeadline.Nanoseconds;
            var next = Instant.Max(_now, packet ? new Instant(arrival.At) : due.NextDeadline);
            if (next > until)
            {
                Advance(until);
                return;
            }

            Advance(next);
            if (!packet)
            {
                Feed(due, Input.Tick());
            }
            else if (_underWay.Dequeue() is { To.IsAlive: true, To.IsConnected: true } delivery)
            {
                Feed(delivery.To, delivery.Input);
            }
        }
    }

    /// <summary>Lets time pass until the Master of a virtual router has just advertised: what happens then is noticed last.</summary>
    public void RunPastAdvertisement(RouterGroup group)
    {
        if (MastersOf(group) is [var master, ..])
        {
            Run(master.Machine.NextAdvertisement - _now + (2 * Latency));
        }
    }

    private void Advance(Instant to)
    {
        foreach (var group in _unserved.Keys.ToArray())
        {
            _unserved[group] += RoutersOf(group).Any(static router => router.Serves) ? 0 : to - _now;
        }

        _now = to;
    }

    private void Send(SimulatedRouter from, Input input)
    {
        foreach (var to in RoutersOf(from.Group).Where(to => to != from && to.Hears(from)))
        {
            // An announcement is no VRRP: whoever is on the link sees it. An advertisement says whether the lists meet.
            var received = input.Kind == InputKind.Advertisement
                ? Input.Received(input.Advertisement with { SharesAddress = to.SharesAddress(from) })
                : input;
            _underWay.Enqueue((to, received), (_now.Nanoseconds + Latency, _order++));
        }
    }

    // The first node given has the highest address: among equals it wins.
    private static InetAddress Assumed(AddressFamily family, int position) => family == AddressFamily.IPv4
        ? InetAddress.FromIPv4(0xC612_FFFE - (uint)position)
        : InetAddress.Read([0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, (byte)(0xFE - position)]);
}
