using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

/// <summary>One virtual address of an instance.</summary>
/// <param name="Address">The address; of the instance's family.</param>
/// <param name="PrefixLength">1..32 or 1..128; without one in the input it is a host address, 32 or 128.</param>
public sealed record VirtualAddress(InetAddress Address, byte PrefixLength)
{
    /// <summary>Whether advertisements list the address. An excluded one is bound and announced all the same.</summary>
    public bool Advertised { get; init; } = true;

    /// <summary>The prefix length that stands for a single host.</summary>
    public static byte HostPrefixLength(AddressFamily family) => family == AddressFamily.IPv4 ? (byte)32 : (byte)128;

    /// <summary>Reads <c>192.0.2.1/24</c> or <c>2001:db8::1/64</c>; without a prefix it is a single host, /32 or /128.</summary>
    /// <exception cref="VrrpException">InvalidAddress or InvalidPrefixLength.</exception>
    public static VirtualAddress Parse(string? text) => TryParse(text, out var address, out var error) ? address : throw error;

    /// <summary>Reads one virtual address, or says what is wrong with it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VirtualAddress? address, [NotNullWhen(false)] out VrrpException? error)
    {
        address = null;
        error = null;
        string trimmed = (text ?? string.Empty).Trim();
        int slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? trimmed : trimmed[..slash];
        if (!InetAddress.TryParse(host, out var parsed))
        {
            error = VrrpErrors.InvalidAddress(trimmed, "it is neither IPv4 (such as 192.0.2.1/24) nor IPv6 (such as 2001:db8::1/64); names and scopes are not looked up.");
            return false;
        }

        byte longest = HostPrefixLength(parsed.Family);
        byte prefixLength = longest;
        if (slash >= 0 && (!byte.TryParse(trimmed.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefixLength)
            || prefixLength == 0 || prefixLength > longest))
        {
            error = VrrpErrors.InvalidPrefixLength(trimmed, parsed.Family);
            return false;
        }

        address = new VirtualAddress(parsed, prefixLength);
        return true;
    }

    /// <summary><c>192.0.2.1/24</c>.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
