using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>
/// The nodes of one virtual router on a link without loss, on a virtual clock: what the pure machines send is what the others
/// receive. The same configurations always give the same answer.
/// </summary>
internal sealed class ElectionSegment
{
    private const long Latency = 200_000;

    private readonly SimulatedRouter[] _routers;
    private readonly EffectBuffer _effects = new();
    private readonly PriorityQueue<(SimulatedRouter To, Input Input), (long At, long Order)> _underWay = new();
    private long _order;
    private Instant _now;

    public ElectionSegment(RouterGroup group)
    {
        _routers = [.. group.Members.Select((member, position) => new SimulatedRouter(member, member.Instance.SourceAddress ?? Assumed(group.Family, position)))];
    }

    public IReadOnlyList<SimulatedRouter> Routers => _routers;

    /// <summary>Who is Master.</summary>
    public IReadOnlyList<SimulatedRouter> Masters => [.. _routers.Where(static router => router.IsMaster)];

    /// <summary>For how long nobody has served the addresses so far, in nanoseconds.</summary>
    public long Unserved { get; private set; }

    /// <summary>Switches hosts on.</summary>
    public void Start(IEnumerable<SimulatedRouter> routers)
    {
        foreach (var router in routers)
        {
            router.Renew();
            router.IsAlive = true;
            Feed(router, Input.PrimaryAddressChanged(router.Address));
            Feed(router, Input.PriorityChanged(SimulatedCheck.HealthyPriority(router.Member.Instance)));
            Feed(router, Input.Startup());
        }
    }

    /// <summary>Lets something happen to a node now.</summary>
    public void Feed(SimulatedRouter router, in Input input)
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

    /// <summary>Lets time pass until the Master has just advertised: what happens then is noticed last.</summary>
    public void RunPastAdvertisement()
    {
        if (Masters is [var master, ..])
        {
            Run(master.Machine.NextAdvertisement - _now + (2 * Latency));
        }
    }

    private void Advance(Instant to)
    {
        Unserved += _routers.Any(static router => router.Serves) ? 0 : to - _now;
        _now = to;
    }

    private void Send(SimulatedRouter from, Input input)
    {
        foreach (var to in _routers.Where(to => to != from && to.Hears(from)))
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
