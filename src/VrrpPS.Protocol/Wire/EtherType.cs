namespace VrrpPS.Protocol.Wire;

/// <summary>Ethernet type values that matter here.</summary>
public static class EtherType
{
    /// <summary>IPv4.</summary>
    public const ushort IPv4 = 0x0800;

    /// <summary>ARP.</summary>
    public const ushort Arp = 0x0806;

    /// <summary>IPv6.</summary>
    public const ushort IPv6 = 0x86DD;

    /// <summary>IEEE 802.1Q tag.</summary>
    public const ushort Vlan = 0x8100;

    /// <summary>IEEE 802.1ad service tag.</summary>
    public const ushort ServiceVlan = 0x88A8;

    /// <summary>The service tag of equipment older than IEEE 802.1ad.</summary>
    public const ushort LegacyServiceVlan = 0x9100;

    /// <summary>The type of a packet of one family.</summary>
    public static ushort For(AddressFamily family) => family == AddressFamily.IPv4 ? IPv4 : IPv6;

    /// <summary>Whether the value announces a VLAN tag.</summary>
    public static bool IsVlan(ushort value) => value is Vlan or ServiceVlan or LegacyServiceVlan;
}
