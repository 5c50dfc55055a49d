using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.Unicode;

namespace VrrpPS.Protocol;

/// <summary>
/// An IPv4 or IPv6 address as a value: comparable in network order (the election's tie-break), free of allocation. An IPv6
/// scope is not part of it; the interface is known wherever one is handled.
/// </summary>
public readonly record struct InetAddress : IComparable<InetAddress>, ISpanFormattable, IUtf8SpanFormattable
{
    private const int LongestText = 45;

    // Two halves and not one UInt128: code that handles a type with one in it is never compiled ahead of time, and that
    // would be nearly all of the engine.
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly byte _family;

    private InetAddress(AddressFamily family, ulong high, ulong low)
    {
        _family = (byte)family;
        _high = high;
        _low = low;
    }

    /// <summary>224.0.0.18, where IPv4 advertisements go (RFC 9568 section 5.1.1.2).</summary>
    public static InetAddress VrrpGroupV4 { get; } = FromIPv4(0xE0000012);

    /// <summary>ff02::12, where IPv6 advertisements go (RFC 9568 section 5.1.2.2).</summary>
    public static InetAddress VrrpGroupV6 { get; } = new(AddressFamily.IPv6, 0xFF02_0000_0000_0000, 0x12);

    /// <summary>::, the source of a neighbor solicitation that only asks.</summary>
    public static InetAddress UnspecifiedV6 { get; } = new(AddressFamily.IPv6, 0, 0);

    /// <summary>The address's family; meaningless for <c>default</c>.</summary>
    public AddressFamily Family => (AddressFamily)_family;

    /// <summary>Whether this is <c>default</c>, no address at all.</summary>
    public bool IsNone => _family == 0;

    /// <summary>4 or 16.</summary>
    public int Length => Family == AddressFamily.IPv4 ? 4 : 16;

    /// <summary>Whether all bits are zero (0.0.0.0 or ::).</summary>
    public bool IsUnspecified => (_high | _low) == 0;

    /// <summary>Whether this is 224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast => Family == AddressFamily.IPv4
        ? (uint)_low >> 28 == 0xE
        : _high >> 56 == 0xFF;

    /// <summary>Whether this is 127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => Family == AddressFamily.IPv4
        ? (uint)_low >> 24 == 127
        : _high == 0 && _low == 1;

    /// <summary>Whether this is fe80::/10 or 169.254.0.0/16.</summary>
    public bool IsLinkLocal => Family == AddressFamily.IPv4
        ? (uint)_low >> 16 == 0xA9FE
        : _high >> 54 == 0xFE80 >> 6;

    /// <summary>The VRRP group of a family.</summary>
    public static InetAddress VrrpGroup(AddressFamily family) => family == AddressFamily.IPv4 ? VrrpGroupV4 : VrrpGroupV6;

    /// <summary>An IPv4 address from its 32 bits in host order (192.0.2.1 is 0xC0000201).</summary>
    public static InetAddress FromIPv4(uint value) => new(AddressFamily.IPv4, 0, value);

    /// <summary>Reads 4 or 16 bytes in network order.</summary>
    /// <exception cref="ArgumentException">The span is neither 4 nor 16 bytes long.</exception>
    public static InetAddress Read(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new InetAddress(AddressFamily.IPv6, BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..])),
        _ => throw new ArgumentException("An address has 4 or 16 bytes.", nameof(bytes)),
    };

    /// <summary>Writes <see cref="Length"/> bytes in network order and returns that count.</summary>
    public int Write(Span<byte> destination)
    {
        if (Family == AddressFamily.IPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        return 16;
    }

    /// <summary>Parses the textual form. An IPv6 scope (<c>%eth0</c>) and IPv4 shorthand (<c>10.1</c>) are refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out InetAddress address)
    {
        address = default;
        if (string.IsNullOrEmpty(text) || text.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        if (parsed.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && text.Count('.') != 3)
        {
            return false;
        }

        address = From(parsed);
        return true;
    }

    /// <summary>Parses the textual form.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static InetAddress Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is not an IPv4 or IPv6 address.");

    /// <summary>Converts from the framework's class, dropping an IPv6 scope.</summary>
    public static InetAddress From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out int written) ? Read(bytes[..written]) : default;
    }

    /// <summary>Converts to the framework's class.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        return new IPAddress(bytes[..Write(bytes)]);
    }

    /// <summary>Whether both share the first <paramref name="prefixLength"/> bits.</summary>
    public bool IsInSameSubnet(InetAddress other, int prefixLength)
    {
        if (other._family != _family)
        {
            return false;
        }

        // The bits that differ, and how many of the last ones may.
        ulong high = _high ^ other._high;
        ulong low = _low ^ other._low;
        int free = (Length * 8) - prefixLength;
        return free switch
        {
            >= 128 => true,
            >= 64 => high >> (free - 64) == 0,
            _ => high == 0 && low >> free == 0,
        };
    }

    /// <summary>The MAC address that a multicast packet to this group is sent to (RFC 1112 section 6.4, RFC 2464 section 7).</summary>
    public MacAddress ToMulticastMac() => Family == AddressFamily.IPv4
        ? new MacAddress(0x0100_5E00_0000 | (_low & 0x7F_FFFF))
        : new MacAddress(0x3333_0000_0000 | (_low & 0xFFFF_FFFF));

    /// <summary>Unsigned comparison in network order (RFC 9568 section 6.4.3); IPv4 sorts before IPv6.</summary>
    public int CompareTo(InetAddress other)
        => _family != other._family ? _family.CompareTo(other._family)
        : _high != other._high ? _high.CompareTo(other._high)
        : _low.CompareTo(other._low);

    /// <summary>The canonical text (RFC 5952 for IPv6); empty for <c>default</c>.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[LongestText];
        return TryFormat(text, out int length, format: default, provider: null) ? new string(text[..length]) : string.Empty;
    }

    /// <summary>The canonical text; there is no other.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the canonical text, at most 45 characters.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        if (Family == AddressFamily.IPv4)
        {
            var octets = Octets;
            return destination.TryWrite(CultureInfo.InvariantCulture, $"{octets.First}.{octets.Second}.{octets.Third}.{octets.Fourth}", out charsWritten);
        }

        charsWritten = 0;
        return IsNone || ToIPAddress().TryFormat(destination, out charsWritten);
    }

    /// <summary>Writes the canonical text, at most 45 bytes.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        if (Family == AddressFamily.IPv4)
        {
            var octets = Octets;
            return Utf8.TryWrite(utf8Destination, CultureInfo.InvariantCulture, $"{octets.First}.{octets.Second}.{octets.Third}.{octets.Fourth}", out bytesWritten);
        }

        bytesWritten = 0;
        return IsNone || ToIPAddress().TryFormat(utf8Destination, out bytesWritten);
    }

    private (byte First, byte Second, byte Third, byte Fourth) Octets
        => ((byte)(_low >> 24), (byte)(_low >> 16), (byte)(_low >> 8), (byte)_low);

    /// <summary>Whether <paramref name="left"/> sorts first.</summary>
    public static bool operator <(InetAddress left, InetAddress right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts last.</summary>
    public static bool operator >(InetAddress left, InetAddress right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not sort last.</summary>
    public static bool operator <=(InetAddress left, InetAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not sort first.</summary>
    public static bool operator >=(InetAddress left, InetAddress right) => left.CompareTo(right) >= 0;
}
