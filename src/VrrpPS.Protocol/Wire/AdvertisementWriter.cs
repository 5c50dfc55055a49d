using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>Writes VRRP messages (RFC 9568 sections 5.2 and 7.2, RFC 3768 section 5.3) into caller's memory.</summary>
public static class AdvertisementWriter
{
    /// <summary>The most addresses one advertisement can list: the count is one byte.</summary>
    public const int MaxAddresses = 255;

    /// <summary>The length of a message in bytes.</summary>
    public static int GetLength(VrrpVersion version, AddressFamily family, int addressCount)
        => AdvertisementLayout.MessageLength(version == VrrpVersion.V2, family == AddressFamily.IPv4 ? 4 : 16, addressCount);

    /// <summary>The most addresses that fit an interface's MTU, at most <see cref="MaxAddresses"/>.</summary>
    public static int GetMaxAddresses(VrrpVersion version, AddressFamily family, int mtu)
    {
        int header = family == AddressFamily.IPv4 ? IPv4Header.Length : IPv6Header.Length;
        int room = mtu - header - GetLength(version, family, 0);
        return Math.Clamp(room / (family == AddressFamily.IPv4 ? 4 : 16), 0, MaxAddresses);
    }

    /// <summary>Whether an address list can be advertised.</summary>
    /// <param name="family">The router's family.</param>
    /// <param name="addresses">The addresses in the order they are sent.</param>
    /// <param name="allowGlobalFirst">Whether an IPv6 list may begin with a global address, as keepalived's lists often do.</param>
    public static EncodeError CheckAddresses(AddressFamily family, ReadOnlySpan<InetAddress> addresses, bool allowGlobalFirst = false)
    {
        if (addresses.IsEmpty)
        {
            return EncodeError.NoAddresses;
        }

        if (addresses.Length > MaxAddresses)
        {
            return EncodeError.TooManyAddresses;
        }

        foreach (var address in addresses)
        {
            if (address.Family != family)
            {
                return EncodeError.MixedFamilies;
            }
        }

        return family == AddressFamily.IPv6 && !allowGlobalFirst && !addresses[0].IsLinkLocal
            ? EncodeError.FirstAddressNotLinkLocal
            : EncodeError.None;
    }

    /// <summary>Writes a message with its checksum.</summary>
    /// <param name="destination">Where the message begins; the rest is left alone.</param>
    /// <param name="header">The fields.</param>
    /// <param name="addresses">The address list, in order.</param>
    /// <param name="sourceAddress">The packet's source address, for the checksum.</param>
    /// <param name="destinationAddress">The packet's destination address, for the checksum.</param>
    /// <param name="style">The checksum style; <see cref="ChecksumStyle.Auto"/> is the pseudo-header.</param>
    /// <param name="written">The bytes written; 0 with an error.</param>
    /// <param name="allowGlobalFirst">Whether an IPv6 list may begin with a global address.</param>
    public static EncodeError TryWrite(
        Span<byte> destination,
        in AdvertisementHeader header,
        ReadOnlySpan<InetAddress> addresses,
        InetAddress sourceAddress,
        InetAddress destinationAddress,
        ChecksumStyle style,
        out int written,
        bool allowGlobalFirst = false)
    {
        written = 0;
        var family = sourceAddress.Family;
        var error = Check(header, addresses, sourceAddress, destinationAddress, style, allowGlobalFirst);
        if (error != EncodeError.None)
        {
            return error;
        }

        int length = GetLength(header.Version, family, addresses.Length);
        if (destination.Length < length)
        {
            return EncodeError.BufferTooSmall;
        }

        var message = destination[..length];
        message[AdvertisementLayout.VersionAndTypeOffset] = (byte)(((int)header.Version << 4) | AdvertisementLayout.TypeAdvertisement);
        message[AdvertisementLayout.VirtualRouterIdOffset] = header.VirtualRouterId;
        message[AdvertisementLayout.PriorityOffset] = header.Priority;
        message[AdvertisementLayout.CountOffset] = (byte)addresses.Length;
        WriteInterval(message, header.Version, header.Interval);
        int offset = AdvertisementLayout.AddressesOffset;
        foreach (var address in addresses)
        {
            offset += address.Write(message[offset..]);
        }

        if (header.Version == VrrpVersion.V2)
        {
            message[AdvertisementLayout.AuthenticationTypeOffset] = (byte)header.AuthenticationType;
            header.AuthenticationData.Write(message[offset..]);
        }

        WriteChecksum(message, sourceAddress, destinationAddress, style);
        written = length;
        return EncodeError.None;
    }

    internal static EncodeError Check(
        in AdvertisementHeader header,
        ReadOnlySpan<InetAddress> addresses,
        InetAddress source,
        InetAddress destination,
        ChecksumStyle style,
        bool allowGlobalFirst)
    {
        if (source.IsNone || source.Family != destination.Family)
        {
            return EncodeError.MixedFamilies;
        }

        var error = header.Check(source.Family);
        if (error == EncodeError.None)
        {
            error = CheckAddresses(source.Family, addresses, allowGlobalFirst);
        }

        return error == EncodeError.None && style == ChecksumStyle.Both ? EncodeError.ChecksumStyle : error;
    }

    /// <summary>Writes the interval field; the version 2 authentication type beside it is left alone.</summary>
    internal static void WriteInterval(Span<byte> message, VrrpVersion version, Interval interval)
    {
        if (version == VrrpVersion.V2)
        {
            message[AdvertisementLayout.AdvertisementIntervalOffset] = (byte)(interval.Centiseconds / 100);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(message[AdvertisementLayout.MaxAdvertiseIntervalOffset..], (ushort)interval.Centiseconds);
        }
    }

    /// <summary>Computes the checksum over the message, which begins with its version.</summary>
    internal static void WriteChecksum(Span<byte> message, InetAddress source, InetAddress destination, ChecksumStyle style)
    {
        bool version2 = message[AdvertisementLayout.VersionAndTypeOffset] >> 4 == (int)VrrpVersion.V2;
        bool covered = !version2 && (source.Family == AddressFamily.IPv6 || style != ChecksumStyle.Rfc9568);
        BinaryPrimitives.WriteUInt16BigEndian(message[AdvertisementLayout.ChecksumOffset..], 0);
        ulong sum = covered ? InternetChecksum.PseudoHeader(source, destination, ProtocolNumber.Vrrp, message.Length) : 0;
        ushort checksum = InternetChecksum.Finish(InternetChecksum.Sum(message, sum));
        BinaryPrimitives.WriteUInt16BigEndian(message[AdvertisementLayout.ChecksumOffset..], checksum);
    }
}
