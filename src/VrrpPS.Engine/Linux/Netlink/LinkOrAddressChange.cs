using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>One event of a <see cref="NetlinkMonitor"/>: a value, whose fields are meaningful by <see cref="Kind"/>.</summary>
public readonly record struct LinkOrAddressChange
{
    /// <summary>What happened.</summary>
    public NetlinkChangeKind Kind { get; init; }

    /// <summary>The interface.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>Links: the name.</summary>
    public InterfaceName Name { get; init; }

    /// <summary>Links: the flags.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>Links: the Ethernet address.</summary>
    public MacAddress MacAddress { get; init; }

    /// <summary>Links: the maximum transmission unit in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Links: the operational state.</summary>
    public OperationalState OperationalState { get; init; }

    /// <summary>Addresses: the address with its properties.</summary>
    public AddressInfo Address { get; init; }

    /// <summary>Links: whether the link is enabled and passes packets.</summary>
    public bool IsUsable => (Flags & (LinkFlags.Up | LinkFlags.Running)) == (LinkFlags.Up | LinkFlags.Running);
}
