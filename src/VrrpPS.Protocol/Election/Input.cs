namespace VrrpPS.Protocol.Election;

/// <summary>
/// One thing that happened, as a value: recorded inputs and their instants replay a router exactly. Made by the named
/// factories; which fields mean something depends on <see cref="Kind"/>.
/// </summary>
public readonly record struct Input
{
    /// <summary>What happened.</summary>
    public InputKind Kind { get; private init; }

    /// <summary>The advertisement.</summary>
    public AdvertisementInfo Advertisement { get; private init; }

    /// <summary>The position in the configured address list.</summary>
    public int AddressIndex { get; private init; }

    /// <summary>Whether to skip the hand-over.</summary>
    public bool Force { get; private init; }

    /// <summary>Whether the router is in a sync group, or whether a member of it cannot take part.</summary>
    public bool IsPresent { get; private init; }

    /// <summary>The faults now present.</summary>
    public FaultReasons Faults { get; private init; }

    /// <summary>What made the faults change.</summary>
    public LastEvent Cause { get; private init; }

    /// <summary>The new priority, or nothing.</summary>
    public byte Priority { get; private init; }

    /// <summary>The new source address.</summary>
    public InetAddress Address { get; private init; }

    /// <summary>
    /// Nanoseconds: the slack of a tick, the length of a sleep, the bound of a hand-over, or zero for the default.
    /// </summary>
    public long Nanoseconds { get; private init; }

    /// <summary>Nanoseconds that a hold lasts; zero means until released.</summary>
    public long HoldNanoseconds { get; private init; }

    /// <summary>The new parameters.</summary>
    public RouterParameters? Parameters { get; private init; }

    /// <summary>
    /// Time has passed. Advertisements due within <paramref name="advertisementSlack"/> nanoseconds may leave together with
    /// those due now; no other timer fires early.
    /// </summary>
    public static Input Tick(long advertisementSlack = 0) => new() { Kind = InputKind.Time, Nanoseconds = advertisementSlack };

    /// <summary>
    /// The machine was suspended for so many nanoseconds, which neither the monotonic clock nor the kernel's leases have counted.
    /// </summary>
    public static Input Slept(long nanoseconds) => new() { Kind = InputKind.Slept, Nanoseconds = nanoseconds };

    /// <summary>Start.</summary>
    public static Input Startup() => new() { Kind = InputKind.Startup };

    /// <summary>Stop; a Master hands over within <paramref name="handoverLimit"/> nanoseconds (0: the default) unless forced.</summary>
    public static Input Shutdown(bool force = false, long handoverLimit = 0)
        => new() { Kind = InputKind.Shutdown, Force = force, Nanoseconds = handoverLimit };

    /// <summary>Suspend; a Master hands over first unless forced.</summary>
    public static Input Suspend(bool force = false, long handoverLimit = 0)
        => new() { Kind = InputKind.Suspend, Force = force, Nanoseconds = handoverLimit };

    /// <summary>Resume.</summary>
    public static Input Resume() => new() { Kind = InputKind.Resume };

    /// <summary>Move the Master role away, and hold back for <paramref name="hold"/> nanoseconds (0: until released).</summary>
    public static Input HandOver(long hold = 0, long handoverLimit = 0)
        => new() { Kind = InputKind.HandOver, HoldNanoseconds = hold, Nanoseconds = handoverLimit };

    /// <summary>An advertisement was received.</summary>
    public static Input Received(in AdvertisementInfo advertisement)
        => new() { Kind = InputKind.Advertisement, Advertisement = advertisement };

    /// <summary>A foreign MAC announced our address.</summary>
    public static Input AddressAnnounced(int addressIndex) => new() { Kind = InputKind.AddressAnnounced, AddressIndex = addressIndex };

    /// <summary>The kernel lost our address.</summary>
    public static Input AddressRemoved(int addressIndex) => new() { Kind = InputKind.AddressRemoved, AddressIndex = addressIndex };

    /// <summary>All our addresses got a full lease at the instant of the step.</summary>
    public static Input LeaseRenewed() => new() { Kind = InputKind.LeaseRenewed };

    /// <summary>The kernel refused an address.</summary>
    public static Input BindFailed() => new() { Kind = InputKind.BindFailed };

    /// <summary>The kernel refused to send.</summary>
    public static Input SendFailed() => new() { Kind = InputKind.SendFailed };

    /// <summary>Faults came or went; refusals of the kernel are the router's own to keep and clear.</summary>
    public static Input FaultsChanged(FaultReasons faults, LastEvent cause)
        => new() { Kind = InputKind.FaultsChanged, Faults = faults, Cause = cause };

    /// <summary>The effective priority changed, 1..255.</summary>
    public static Input PriorityChanged(byte priority) => new() { Kind = InputKind.PriorityChanged, Priority = priority };

    /// <summary>The source address changed.</summary>
    public static Input PrimaryAddressChanged(InetAddress address)
        => new() { Kind = InputKind.PrimaryAddressChanged, Address = address };

    /// <summary>The configuration changed.</summary>
    public static Input Reconfigured(RouterParameters parameters) => new() { Kind = InputKind.Reconfigured, Parameters = parameters };

    /// <summary>The router takes over only together with others from now on, or for itself again.</summary>
    public static Input GroupChanged(bool isMember) => new() { Kind = InputKind.GroupChanged, IsPresent = isMember };

    /// <summary>Whether another member of the sync group cannot take part.</summary>
    public static Input GroupFaultChanged(bool isPresent) => new() { Kind = InputKind.GroupFaultChanged, IsPresent = isPresent };

    /// <summary>All members of the sync group can be Master: one that waits takes over.</summary>
    public static Input TakeOver() => new() { Kind = InputKind.TakeOver };

    /// <summary>A Master hands over because another member of the sync group lost the role.</summary>
    public static Input GiveAway() => new() { Kind = InputKind.GiveAway };
}
