namespace VrrpPS.Protocol.Tests.Simulation;

internal enum SimEventKind
{
    /// <summary>A node's deadline may have come.</summary>
    Tick,

    /// <summary>An advertisement arrives.</summary>
    Advertisement,

    /// <summary>A gratuitous ARP or neighbour advertisement arrives.</summary>
    Announcement,

    /// <summary>A node's kernel may have to remove an address.</summary>
    Expiry,

    /// <summary>The guard of a killed process removes its addresses.</summary>
    Guard,

    /// <summary>A node's netlink socket tells of a removed address.</summary>
    AddressRemoved,
}
