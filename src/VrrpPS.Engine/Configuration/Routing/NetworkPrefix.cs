using System.Globalization;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Routing;

/// <summary>A network: what a route leads to or a rule matches.</summary>
/// <param name="Address">An address of it.</param>
/// <param name="Length">0..32 or 0..128.</param>
public readonly record struct NetworkPrefix(InetAddress Address, byte Length)
{
    /// <summary>All addresses of a family.</summary>
    public static NetworkPrefix All(AddressFamily family)
        => new(family == AddressFamily.IPv4 ? InetAddress.FromIPv4(0) : InetAddress.UnspecifiedV6, 0);

    /// <summary>Reads <c>10.0.0.0/8</c>, or an address alone for that host.</summary>
    public static bool TryParse(string text, out NetworkPrefix prefix)
    {
        prefix = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!InetAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }

        byte length = VirtualAddress.HostPrefixLength(address.Family);
        byte longest = length;
        if (slash >= 0 && (!byte.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > longest))
        {
            return false;
        }

        prefix = new NetworkPrefix(address, length);
        return true;
    }

    /// <summary>Whether no bit is set behind the prefix: the kernel refuses others as destinations.</summary>
    public bool IsNetwork
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            bytes = bytes[..Address.Write(bytes)];
            for (int bit = Length; bit < bytes.Length * 8; bit++)
            {
                if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary><c>10.0.0.0/8</c>.</summary>
    public override string ToString() => $"{Address}/{Length}";
}
