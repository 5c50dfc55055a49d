using VrrpPS.Protocol;

namespace VrrpPS;

/// <summary>
/// One VRRP advertisement as it passed on the wire, from a live interface or a capture file, and what is wrong with it.
/// Fields that a malformed packet does not yield are null.
/// </summary>
public sealed record VrrpAdvert
{
    /// <summary>When it was seen.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Which way it went.</summary>
    public required AdvertDirection Direction { get; init; }

    /// <summary>The interface it was seen on; for a capture file the name recorded there, or empty.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The named network namespace of the interface; null for the process's own and for files.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>The VLAN of a tagged frame; null for an untagged one.</summary>
    public int? VlanId { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required AddressFamily AddressFamily { get; init; }

    /// <summary>The sender's hardware address; null where the link has none.</summary>
    public string? SourceMacAddress { get; init; }

    /// <summary>The sender's IP address.</summary>
    public required string SourceAddress { get; init; }

    /// <summary>Where it was sent: the VRRP group or a unicast peer.</summary>
    public required string DestinationAddress { get; init; }

    /// <summary>The IPv4 TTL or IPv6 hop limit; 255 is the only valid value.</summary>
    public required int TimeToLive { get; init; }

    /// <summary>The protocol version, 2 or 3.</summary>
    public int? Version { get; init; }

    /// <summary>The virtual router identifier, 1..255.</summary>
    public int? VirtualRouterId { get; init; }

    /// <summary>0 when the Master leaves, 255 for the owner of the addresses, else 1..254.</summary>
    public int? Priority { get; init; }

    /// <summary>The advertised interval.</summary>
    public TimeSpan? AdvertisementInterval { get; init; }

    /// <summary><see cref="AdvertisementInterval"/> in seconds.</summary>
    public double? AdvertisementIntervalSeconds => AdvertisementInterval?.TotalSeconds;

    /// <summary>The advertised addresses, in the order of the packet.</summary>
    public VrrpList<string> VirtualIPAddress { get; init; } = [];

    /// <summary>How the packet is authenticated.</summary>
    public AdvertAuthentication AuthenticationType { get; init; }

    /// <summary>
    /// Which checksum the packet has: for version 3 over IPv4 <see cref="ChecksumStyle.PseudoHeader"/> or
    /// <see cref="ChecksumStyle.Rfc9568"/>, or <see cref="ChecksumStyle.Both"/> where it happens to be right in both ways; null
    /// when it is wrong or has one meaning only.
    /// </summary>
    public ChecksumStyle? ChecksumStyle { get; init; }

    /// <summary>Whether the checksum is right in one of the styles; null when the packet is too short to tell.</summary>
    public bool? ChecksumValid { get; init; }

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public VrrpList<string> Problem { get; init; } = [];

    /// <summary>The stable code of each entry of <see cref="Problem"/>.</summary>
    public VrrpList<AdvertProblemCode> ProblemCode { get; init; } = [];

    /// <summary>
    /// What is new beside what was heard before of the same virtual router: another Master, a priority, an interval, a list; empty for a
    /// Master that says the same again.
    /// </summary>
    public VrrpList<string> Change { get; init; } = [];

    /// <summary>Whether there is nothing to look at: nothing changed, and nothing is wrong.</summary>
    public bool IsSteady => Change.Count == 0 && Problem.Count == 0;

    /// <summary><c>10.0.0.1 > 224.0.0.18 VRRPv3 vrid 51 prio 100</c>, with the problems behind it.</summary>
    public override string ToString() => VirtualRouterId is null
        ? $"{SourceAddress} > {DestinationAddress}: {Problem}"
        : $"{SourceAddress} > {DestinationAddress} VRRPv{Version} vrid {VirtualRouterId} prio {Priority}{(Problem.Count == 0 ? string.Empty : ": " + Problem)}";
}
