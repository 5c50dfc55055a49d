namespace VrrpPS.Protocol.Wire;

/// <summary>The groups of neighbor discovery.</summary>
public static class SolicitedNode
{
    /// <summary>ff02::1, all nodes on the link.</summary>
    public static InetAddress AllNodes { get; } = InetAddress.Read([0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);

    /// <summary>The solicited-node group of an IPv6 address: ff02::1:ff and its last three bytes (RFC 4291 section 2.7.1).</summary>
    /// <exception cref="ArgumentException">The address is not IPv6.</exception>
    public static InetAddress GroupOf(InetAddress address)
    {
        if (address.Family != AddressFamily.IPv6)
        {
            throw new ArgumentException($"'{address}' is not an IPv6 address.", nameof(address));
        }

        Span<byte> group = stackalloc byte[16];
        address.Write(group);
        ReadOnlySpan<byte> prefix = [0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xFF];
        prefix.CopyTo(group);
        return InetAddress.Read(group);
    }
}
