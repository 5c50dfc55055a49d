using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VrrpPS.Engine.Configuration.Addresses;
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

    /// <summary>The interface that carries the address; null means the instance's own.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>IPv4: the alias label (<c>eth0:1</c>), which begins with the interface's name.</summary>
    public string? Label { get; init; }

    /// <summary>IPv4: the broadcast address.</summary>
    public InetAddress? Broadcast { get; init; }

    /// <summary>IPv4: where the address is valid, 0..255 (see <see cref="AddressScope"/>). IPv6 addresses say so themselves.</summary>
    public byte Scope { get; init; }

    /// <summary>The other end of a point-to-point address. The address is bound with it instead of a subnet.</summary>
    public InetAddress? Peer { get; init; }

    /// <summary>Never chosen as the source address of connections from this host (a preferred lifetime of zero).</summary>
    public bool SkipAsSource { get; init; }

    /// <summary>IPv4: makes no route to its prefix. A virtual IPv6 address never does.</summary>
    public bool NoPrefixRoute { get; init; }

    /// <summary>IPv6: the home address of a mobile node (RFC 6275).</summary>
    public bool HomeAddress { get; init; }

    /// <summary>Neither the address nor its interface is watched: once lost it stays so, and a missing interface is no fault.</summary>
    public bool NoTrack { get; init; }

    /// <summary>The prefix length that stands for a single host.</summary>
    public static byte HostPrefixLength(AddressFamily family) => family == AddressFamily.IPv4 ? (byte)32 : (byte)128;

    /// <summary>
    /// Reads <c>192.0.2.1/24</c> or <c>2001:db8::1/64</c>; without a prefix it is a single host, /32 or /128. Options may follow as in
    /// <c>ip address add</c>: <c>192.0.2.1/24 dev eth1 label eth1:v</c>.
    /// </summary>
    /// <exception cref="VrrpException">InvalidAddress or InvalidPrefixLength.</exception>
    public static VirtualAddress Parse(string? text) => TryParse(text, out var address, out var error) ? address : throw error;

    /// <summary>Reads one virtual address, or says what is wrong with it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VirtualAddress? address, [NotNullWhen(false)] out VrrpException? error)
        => VirtualAddressWords.TryRead(
            (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), out address, out error, out _);

    /// <summary>Reads an address and its prefix length, without options.</summary>
    internal static bool TryParsePrefix(string trimmed, [NotNullWhen(true)] out VirtualAddress? address, [NotNullWhen(false)] out VrrpException? error)
    {
        address = null;
        error = null;
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

    /// <summary><c>192.0.2.1/24</c>, without options.</summary>
    public string PrefixText => $"{Address}/{PrefixLength}";

    /// <summary><c>192.0.2.1/24</c>, with its options behind it: what <see cref="Parse"/> reads.</summary>
    public override string ToString() => PrefixText + VirtualAddressWords.Format(this);
}
