using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>A life for one router: anything that can happen, at times when it matters.</summary>
internal sealed class RandomInputs(int seed)
{
    private readonly Random _random = new(seed);
    private Instant _now = new(1000 * Instant.NanosecondsPerSecond);

    public RouterParameters Parameters { get; private set; } = new()
    {
        Lease = 2 * Instant.NanosecondsPerSecond,
        AddressCount = 3,
        Version2Compatibility = true,
        PreemptDelay = 500 * Instant.NanosecondsPerMillisecond,
        AnnouncementRepeats = [Instant.NanosecondsPerSecond, 5 * Instant.NanosecondsPerSecond],
        AnnouncementRefresh = 60 * Instant.NanosecondsPerSecond,
    };

    /// <summary>What happens to the router next, and when.</summary>
    public Input Next(VirtualRouter router, out Instant now)
    {
        var deadline = router.NextDeadline;
        bool atDeadline = deadline != Instant.Never && _random.Next(2) == 0;
        _now = atDeadline ? Instant.Max(_now, deadline) : _now + _random.NextInt64(200 * Instant.NanosecondsPerMillisecond);
        now = _now;
        return atDeadline ? Input.Tick(_random.Next(2) * 2 * Instant.NanosecondsPerMillisecond) : Happening();
    }

    private Input Happening()
    {
        switch (_random.Next(30))
        {
            case 24:
                return Input.Slept(Short());
            case 25:
                return Input.GroupChanged(_random.Next(2) == 0);
            case 26:
                return Input.GroupFaultChanged(_random.Next(2) == 0);
            case 27 or 28:
                return Input.TakeOver();
            case 29:
                return Input.GiveAway();
            case 0:
                return Input.Startup();
            case 1:
                return Input.Shutdown(_random.Next(2) == 0, Short());
            case 2:
                return Input.Suspend(_random.Next(2) == 0, Short());
            case 3 or 4:
                return Input.Resume();
            case 5:
                return Input.HandOver(Short(), Short());
            case 6 or 7:
                return Input.AddressAnnounced(_random.Next(3));
            case 8:
                return Input.AddressRemoved(_random.Next(3));
            case 9:
                return Input.LeaseRenewed();
            case 10:
                return Input.BindFailed();
            case 11:
                return Input.SendFailed();
            case 12:
                return Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown);
            case 13:
                return Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault);
            case 14 or 15:
                return Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared);
            case 16:
                return Input.PriorityChanged((byte)_random.Next(1, 256));
            case 17:
                return Input.PrimaryAddressChanged(Address());
            case 18:
                Parameters = Parameters with { Preempt = !Parameters.Preempt, AdvertisementInterval = new Interval(_random.Next(10, 200)) };
                return Input.Reconfigured(Parameters);
            default:
                byte priority = _random.Next(4) == 0 ? (byte)0 : (byte)_random.Next(256);
                return Input.Received(new AdvertisementInfo(priority, Address(), new Interval(_random.Next(10, 200)), _random.Next(8) != 0, priority % 3 == 1 ? VrrpVersion.V2 : VrrpVersion.V3));
        }
    }

    private InetAddress Address() => InetAddress.FromIPv4(0x0A000001 + (uint)_random.Next(4));

    private long Short() => _random.Next(2) * _random.NextInt64(3 * Instant.NanosecondsPerSecond);
}
