using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>One node of an <see cref="ElectionSegment"/>: the machine that also runs in earnest, and whether it is reached.</summary>
internal sealed class SimulatedRouter(RouterGroup group, RouterMember member, InetAddress address)
{
    /// <summary>The virtual router that it is a part of.</summary>
    public RouterGroup Group { get; } = group;

    public RouterMember Member { get; } = member;

    /// <summary>The address it sends from: the configured one, or an assumed one.</summary>
    public InetAddress Address { get; } = address;

    public VirtualRouter Machine { get; private set; } = Make(member.Instance);

    /// <summary>Whether its host runs.</summary>
    public bool IsAlive { get; set; }

    /// <summary>Whether its interface passes packets.</summary>
    public bool IsConnected { get; set; } = true;

    /// <summary>Whether clients reach the addresses through it.</summary>
    public bool Serves => IsAlive && IsConnected && Machine.Serves;

    public bool IsMaster => IsAlive && Machine.State == RouterState.Master;

    public Instant NextDeadline => IsAlive ? Machine.NextDeadline : Instant.Never;

    /// <summary>Forgets everything, as a restarted host does.</summary>
    public void Renew() => Machine = Make(Member.Instance);

    /// <summary>Whether an advertisement of another node reaches this one and is not discarded there.</summary>
    public bool Hears(SimulatedRouter sender)
    {
        var (own, other) = (Member.Instance, sender.Member.Instance);
        bool reached = other.UnicastPeers.Count == 0 || own.SourceAddress is null || other.UnicastPeers.Contains(Address);
        bool allowed = own.AllowedPeers.Count == 0 || other.SourceAddress is null || own.AllowedPeers.Contains(sender.Address);
        bool sameVersion = own.Version == other.Version
            || (own.Version == VrrpVersion.V2 ? other.Version2Compatibility : own.Version2Compatibility);
        var interval = other.Version2Compatibility ? other.AdvertisementInterval.RoundUpToSeconds() : other.AdvertisementInterval;
        bool sameInterval = own.Version == VrrpVersion.V3 || own.AdvertisementInterval == interval;
        bool sameList = !(own is { Version: VrrpVersion.V2, StrictAddressList: true }) || Advertised(own).SetEquals(Advertised(other));
        bool firstAddress = !(own is { Strict: true, AddressFamily: AddressFamily.IPv6 })
            || other.VirtualAddresses.FirstOrDefault(static address => address.Advertised) is { Address.IsLinkLocal: true };
        return IsConnected && sender.IsConnected && reached && allowed
            && sameVersion && sameInterval && sameList && firstAddress && AuthenticationMatch.Accepts(own, other);
    }

    /// <summary>Whether the lists of both have an address in common.</summary>
    public bool SharesAddress(SimulatedRouter sender) => Advertised(Member.Instance).Overlaps(Advertised(sender.Member.Instance));

    private static HashSet<InetAddress> Advertised(InstanceConfiguration instance)
        => [.. instance.VirtualAddresses.Where(static address => address.Advertised).Select(static address => address.Address)];

    // Addresses, leases and announcements do not decide an election.
    private static VirtualRouter Make(InstanceConfiguration instance)
        => new(RouterHost.ParametersOf(instance) with { AddressCount = 1, Lease = 0, AnnouncementRepeats = [], AnnouncementRefresh = 0 });
}
