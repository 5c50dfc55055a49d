using System.Buffers.Binary;
using System.Globalization;

namespace VrrpPS.Protocol;

/// <summary>A 48-bit Ethernet address.</summary>
/// <param name="Value">The address in the low 48 bits, first octet highest.</param>
public readonly record struct MacAddress(ulong Value)
{
    /// <summary>Octets in an Ethernet address.</summary>
    public const int Length = 6;

    /// <summary>ff:ff:ff:ff:ff:ff.</summary>
    public static MacAddress Broadcast => new(0xFFFF_FFFF_FFFF);

    /// <summary>Whether the address is 00-00-5E-00-01-XX or 00-00-5E-00-02-XX (RFC 9568 section 7.3).</summary>
    public bool IsVirtualRouter => Value >> 16 == 0x0000_5E00 && ((Value >> 8) & 0xFF) is 1 or 2;

    /// <summary>Whether the group bit is set.</summary>
    public bool IsMulticast => ((Value >> 40) & 1) != 0;

    /// <summary>The virtual router's own MAC address (RFC 9568 section 7.3).</summary>
    public static MacAddress VirtualRouter(AddressFamily family, byte virtualRouterId)
        => new(0x0000_5E00_0000UL | (family == AddressFamily.IPv4 ? 0x0100UL : 0x0200UL) | virtualRouterId);

    /// <summary>Reads six pairs of hexadecimal digits joined by colons or hyphens, in either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address)
    {
        address = default;
        ulong value = 0;
        for (int octet = 0; octet < Length; octet++)
        {
            int at = 3 * octet;
            if (text.Length != (3 * Length) - 1
                || (octet > 0 && text[at - 1] is not ':' and not '-')
                || !byte.TryParse(text.Slice(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte part))
            {
                return false;
            }

            value = (value << 8) | part;
        }

        address = new MacAddress(value);
        return true;
    }

    /// <summary>Reads six octets.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> bytes)
        => new(((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));

    /// <summary>Writes six octets.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(Value >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], (uint)Value);
    }

    /// <summary>Lower-case octets joined with colons, as iproute2 and keepalived print them.</summary>
    public override string ToString() => string.Create(17, Value, static (text, value) =>
    {
        for (int octet = 0; octet < Length; octet++)
        {
            byte b = (byte)(value >> (40 - (8 * octet)));
            _ = b.TryFormat(text[(octet * 3)..], out _, "x2", CultureInfo.InvariantCulture);
            if (octet < Length - 1)
            {
                text[(octet * 3) + 2] = ':';
            }
        }
    });
}
