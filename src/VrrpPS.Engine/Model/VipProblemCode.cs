namespace VrrpPS;

/// <summary>What a reachability probe can find. The names never change between releases.</summary>
public enum VipProblemCode : long
{
    /// <summary>Nobody answered ARP or neighbour discovery.</summary>
    NoNeighbourAnswer = 0,

    /// <summary>More than one hardware address answered: the address is bound twice.</summary>
    DuplicateOwner,

    /// <summary>No echo was answered.</summary>
    NoPingAnswer,

    /// <summary>Some echoes were not answered.</summary>
    PingLoss,

    /// <summary>The host answered, but nothing listens on the TCP port.</summary>
    TcpRefused,

    /// <summary>The TCP connection was not answered in time.</summary>
    TcpTimeout,

    /// <summary>The TCP connection failed for another reason, in the kernel's words.</summary>
    TcpFailed,

    /// <summary>The HTTP status is not one of success.</summary>
    HttpStatus,

    /// <summary>There was no HTTP answer in time.</summary>
    HttpTimeout,

    /// <summary>The HTTP request failed for another reason.</summary>
    HttpFailed,

    /// <summary>No route leads to the address.</summary>
    NoRoute,

    /// <summary>Information: a VRRP virtual MAC address answers.</summary>
    VirtualMac,

    /// <summary>Information: the address is bound on this host, so ARP and neighbour discovery were not tried.</summary>
    BoundLocally,

    /// <summary>Information: the address is behind a gateway, so ARP and neighbour discovery were not tried.</summary>
    NotOnLink,

    /// <summary>Information: something was not tried because a capability is missing.</summary>
    MissingCapability,
}
