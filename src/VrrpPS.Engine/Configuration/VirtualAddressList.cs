using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

/// <summary>Reads the address lists that people type.</summary>
public static class VirtualAddressList
{
    /// <summary>Reads the addresses of one virtual router.</summary>
    /// <param name="texts">The addresses, with or without prefix length.</param>
    /// <param name="interfaceName">Shown in the two commands that a list of both families is answered with.</param>
    /// <param name="virtualRouterId">Shown there as well.</param>
    /// <exception cref="VrrpException">InvalidAddress, InvalidPrefixLength or MixedAddressFamily.</exception>
    public static VrrpList<VirtualAddress> Parse(IEnumerable<string> texts, string? interfaceName = null, int? virtualRouterId = null)
    {
        var addresses = texts.Select(VirtualAddress.Parse).ToVrrpList();
        if (MixedFamilies(addresses, interfaceName, virtualRouterId) is { } error)
        {
            throw error;
        }

        return addresses;
    }

    /// <summary>The error for a list that advertises both families, or null. Addresses that are not advertised may be of the other one.</summary>
    internal static VrrpException? MixedFamilies(IReadOnlyList<VirtualAddress> addresses, string? interfaceName, int? virtualRouterId)
    {
        string ipv4 = Join(addresses, Protocol.AddressFamily.IPv4);
        string ipv6 = Join(addresses, Protocol.AddressFamily.IPv6);
        return ipv4.Length > 0 && ipv6.Length > 0 ? VrrpErrors.MixedAddressFamily(ipv4, ipv6, interfaceName, virtualRouterId) : null;
    }

    private static string Join(IReadOnlyList<VirtualAddress> addresses, Protocol.AddressFamily family)
        => string.Join(",", addresses.Where(a => a.Advertised && a.Address.Family == family));
}
