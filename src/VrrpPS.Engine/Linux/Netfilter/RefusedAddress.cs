using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netfilter;

/// <summary>
/// An address that this host is not to answer for. The kernel takes what is sent to an address from whatever interface it comes, so the
/// interface does not matter; except for a link-local one, which may be another's on another link.
/// </summary>
internal readonly record struct RefusedAddress
{
    /// <summary>Makes the key of an address on an interface.</summary>
    public RefusedAddress(InetAddress address, int interfaceIndex)
    {
        Address = address;
        InterfaceIndex = IsPerLink(address) ? interfaceIndex : 0;
    }

    /// <summary>The address.</summary>
    public InetAddress Address { get; }

    /// <summary>The interface of a link-local IPv6 address; 0 for every other.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The address, with its interface where that matters.</summary>
    public override string ToString() => InterfaceIndex == 0 ? $"{Address}" : $"{Address}%{InterfaceIndex}";

    private static bool IsPerLink(InetAddress address) => address is { Family: AddressFamily.IPv6, IsLinkLocal: true };
}
