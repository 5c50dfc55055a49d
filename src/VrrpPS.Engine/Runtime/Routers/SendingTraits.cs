using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>
/// What of an instance's configuration every advertisement asks for, side by side: with hundreds of routers each look at another object is a look
/// into memory that the processor no longer has at hand.
/// </summary>
internal readonly struct SendingTraits(InstanceConfiguration configuration)
{
    /// <summary>The advertisement interval in nanoseconds.</summary>
    public long Interval { get; } = configuration.AdvertisementInterval.Nanoseconds;

    /// <summary>See <see cref="ElectionTimers.GreatestSlack"/>.</summary>
    public long Slack { get; } = ElectionTimers.GreatestSlack(configuration.AdvertisementInterval);

    /// <summary>Whether advertisements go to the group, not to peers.</summary>
    public bool IsMulticast { get; } = configuration.UnicastPeers.Count == 0;

    /// <summary>Nobody may be spoken to: not even a resignation goes to the multicast group then.</summary>
    public bool MissesPeer { get; } = configuration is { RequireUnicastPeer: true, UnicastPeers.Count: 0 };

    /// <summary>Whether there is more than one style of checksum.</summary>
    public bool HasStyles { get; } = configuration is { Version: VrrpVersion.V3, AddressFamily: AddressFamily.IPv4 };
}
