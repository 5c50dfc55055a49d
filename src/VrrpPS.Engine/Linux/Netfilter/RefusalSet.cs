using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netfilter;

/// <summary>One set of refused addresses, and how a packet's key for it is found.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Id">Its number within the transaction that makes it.</param>
/// <param name="KeyType">The type that <c>nft</c> shows; the kernel does not read it.</param>
/// <param name="KeyLength">The length of a key.</param>
/// <param name="Family">The family of packets looked at.</param>
/// <param name="DestinationOffset">Where the destination is in their header.</param>
/// <param name="DestinationLength">How long it is.</param>
internal sealed record RefusalSet(string Name, uint Id, uint KeyType, int KeyLength, byte Family, int DestinationOffset, int DestinationLength)
{
    private const uint IPv4Address = 7;
    private const uint IPv6Address = 8;
    private const uint InterfaceIndex = 20;
    private const int TypeBits = 6;

    public static readonly RefusalSet IPv4 = new("ipv4", 1, IPv4Address, 4, NetfilterNumbers.NFPROTO_IPV4, 16, 4);

    public static readonly RefusalSet IPv6 = new("ipv6", 2, IPv6Address, 16, NetfilterNumbers.NFPROTO_IPV6, 24, 16);

    public static readonly RefusalSet LinkLocal = new("link_local", 3, (IPv6Address << TypeBits) | InterfaceIndex, 20, NetfilterNumbers.NFPROTO_IPV6, 24, 16);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<RefusalSet> All = [IPv4, IPv6, LinkLocal];

    /// <summary>Whether a key ends with the interface that a packet came from.</summary>
    public bool HasInterface => KeyLength > DestinationLength;

    /// <summary>The set that an address belongs to.</summary>
    public static RefusalSet Of(RefusedAddress address)
        => address.Address.Family == AddressFamily.IPv4 ? IPv4 : address.InterfaceIndex == 0 ? IPv6 : LinkLocal;
}
