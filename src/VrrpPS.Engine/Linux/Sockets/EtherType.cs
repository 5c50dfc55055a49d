namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>Ethernet protocol numbers, in host order.</summary>
public static class EtherType
{
    /// <summary>Everything, outgoing packets included.</summary>
    public const ushort All = 0x0003;

    /// <summary>IPv4.</summary>
    public const ushort IPv4 = 0x0800;

    /// <summary>ARP.</summary>
    public const ushort Arp = 0x0806;

    /// <summary>IPv6.</summary>
    public const ushort IPv6 = 0x86DD;
}
