namespace VrrpPS.Protocol.Wire;

/// <summary>What a prebuilt advertisement frame is made of.</summary>
public sealed record AdvertisementFrameOptions
{
    /// <summary>The message's fields.</summary>
    public required AdvertisementHeader Header { get; init; }

    /// <summary>The source address: the interface's primary IPv4 or link-local IPv6 address.</summary>
    public required InetAddress Source { get; init; }

    /// <summary>The destination; by default the VRRP group of the source's family.</summary>
    public InetAddress Destination { get; init; }

    /// <summary>The interface's own or the virtual MAC address. Means nothing where the packet is sent without Ethernet.</summary>
    public MacAddress SourceMac { get; init; }

    /// <summary>The destination's MAC address; for a multicast destination it follows from the group.</summary>
    public MacAddress DestinationMac { get; init; }

    /// <summary>What the checksum covers in version 3 over IPv4; <see cref="ChecksumStyle.Auto"/> starts with the pseudo-header.</summary>
    public ChecksumStyle ChecksumStyle { get; init; }

    /// <summary>The key of an IP Authentication Header; needed with <see cref="AuthenticationType.AuthenticationHeader"/> and means nothing without.</summary>
    public AuthenticationData AuthenticationKey { get; init; }

    /// <summary>Whether there is room for an HMAC trailer behind the message; <see cref="AdvertisementFrame.Sign"/> fills it.</summary>
    public bool HasTrailer { get; init; }

    /// <summary>The interface's MTU in bytes.</summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>Whether an IPv6 list may begin with a global address (against RFC 9568 section 5.2.9, as keepalived does).</summary>
    public bool AllowGlobalFirstAddress { get; init; }
}
