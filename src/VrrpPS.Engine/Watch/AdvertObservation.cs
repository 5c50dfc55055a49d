using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Watch;

/// <summary>A decoded packet with protocol 112, as the analyzer and the output need it.</summary>
public sealed record AdvertObservation
{
    /// <summary>When it was seen, on any clock that does not jump; for files nanoseconds since 1970.</summary>
    public required Instant Time { get; init; }

    /// <summary>The interface.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The VLAN of a tagged frame.</summary>
    public int? VlanId { get; init; }

    /// <summary>The direction.</summary>
    public AdvertDirection Direction { get; init; }

    /// <summary>The sender's MAC address.</summary>
    public MacAddress? SourceMac { get; init; }

    /// <summary>The sender.</summary>
    public required InetAddress Source { get; init; }

    /// <summary>The group or the unicast peer.</summary>
    public required InetAddress Destination { get; init; }

    /// <summary>TTL or hop limit.</summary>
    public required byte TimeToLive { get; init; }

    /// <summary>The version nibble; null when the packet has none.</summary>
    public int? Version { get; init; }

    /// <summary>The virtual router identifier.</summary>
    public byte? VirtualRouterId { get; init; }

    /// <summary>The priority.</summary>
    public byte? Priority { get; init; }

    /// <summary>The advertised interval.</summary>
    public Interval? Interval { get; init; }

    /// <summary>The advertised addresses.</summary>
    public IReadOnlyList<InetAddress> Addresses { get; init; } = [];

    /// <summary>The authentication.</summary>
    public AdvertAuthentication Authentication { get; init; }

    /// <summary>The version 2 authentication data, only ever compared.</summary>
    public AuthenticationData AuthenticationData { get; init; }

    /// <summary>What the checksum covers.</summary>
    public ObservedChecksumStyle ChecksumStyle { get; init; }

    /// <summary>Whether the checksum is right; null when that cannot be told.</summary>
    public bool? ChecksumValid { get; init; }

    /// <summary>Why receivers discard the packet, apart from TTL and checksum; null when they do not.</summary>
    public string? Malformed { get; init; }

    /// <summary>Whether an IPv6 address list begins with something else than a link-local address.</summary>
    public bool FirstAddressNotLinkLocal { get; init; }
}
