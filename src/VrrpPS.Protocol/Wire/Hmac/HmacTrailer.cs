using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VrrpPS.Protocol.Wire;

/// <summary>
/// The trailer behind an advertisement of either version and family that keepalived 2.4 calls <c>auth_hmac</c>
/// (draft-cassen-vrrp-auth-hmac): scheme, key id, a 64-bit sequence made of the time, and HMAC-SHA256 cut to 128 bits. The HMAC covers
/// family, version, VRID and source address, and the message with its checksum as zero, but no IP header. The checksum of the
/// message leaves the trailer out in IPv4 and includes it in IPv6.
/// </summary>
public static class HmacTrailer
{
    /// <summary>Bytes of a trailer.</summary>
    public const int Length = 28;

    /// <summary>The shortest key in bytes.</summary>
    public const int MinKeyLength = 32;

    /// <summary>The longest key in bytes.</summary>
    public const int MaxKeyLength = 64;

    internal const int KeyIdOffset = 1;
    internal const int ReservedOffset = 2;
    internal const int SequenceOffset = 4;
    internal const int HmacOffset = 12;
    internal const int HmacLength = 16;

    /// <summary>HMAC-SHA256-128, the only scheme.</summary>
    internal const byte Scheme = 1;

    private const int PseudoHeaderLength = 20;
    private const int LongestPayload = 2048;

    /// <summary>
    /// Whether exactly a trailer follows the message: nothing else tells that there is one. Also says so of a message that nobody
    /// has checked yet.
    /// </summary>
    /// <param name="payload">The IP payload without padding.</param>
    /// <param name="family">The packet's family.</param>
    public static bool IsPresent(ReadOnlySpan<byte> payload, AddressFamily family)
    {
        if (payload.Length < AdvertisementLayout.FixedLength + Length)
        {
            return false;
        }

        bool version2 = payload[AdvertisementLayout.VersionAndTypeOffset] >> 4 == (int)VrrpVersion.V2;
        int message = AdvertisementLayout.MessageLength(
            version2, family == AddressFamily.IPv4 ? 4 : 16, payload[AdvertisementLayout.CountOffset]);
        return payload.Length == message + Length;
    }

    /// <summary>The sequence of a trailer.</summary>
    internal static ulong Sequence(ReadOnlySpan<byte> trailer) => BinaryPrimitives.ReadUInt64BigEndian(trailer[SequenceOffset..]);

    /// <summary>Writes the trailer at the end of a payload whose message is in place.</summary>
    internal static void Write(Span<byte> payload, InetAddress source, byte keyId, ReadOnlySpan<byte> key, ulong sequence)
    {
        var trailer = payload[^Length..];
        trailer.Clear();
        trailer[0] = Scheme;
        trailer[KeyIdOffset] = keyId;
        BinaryPrimitives.WriteUInt64BigEndian(trailer[SequenceOffset..], sequence);
        Compute(payload, source, key, trailer[HmacOffset..]);
    }

    /// <summary>Whether the HMAC is right.</summary>
    internal static bool Verify(ReadOnlySpan<byte> payload, InetAddress source, ReadOnlySpan<byte> key)
    {
        if (payload.Length > LongestPayload)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HmacLength];
        Compute(payload, source, key, expected);
        return CryptographicOperations.FixedTimeEquals(expected, payload[^HmacLength..]);
    }

    private static void Compute(ReadOnlySpan<byte> payload, InetAddress source, ReadOnlySpan<byte> key, Span<byte> hmac)
    {
        Span<byte> input = stackalloc byte[PseudoHeaderLength + LongestPayload];
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        input = input[..(PseudoHeaderLength + payload.Length)];
        var pseudoHeader = input[..PseudoHeaderLength];
        pseudoHeader.Clear();
        pseudoHeader[0] = source.Family == AddressFamily.IPv4 ? (byte)4 : (byte)6;
        pseudoHeader[1] = (byte)(payload[AdvertisementLayout.VersionAndTypeOffset] >> 4);
        pseudoHeader[2] = payload[AdvertisementLayout.VirtualRouterIdOffset];
        _ = source.Write(pseudoHeader[4..]);
        var copy = input[PseudoHeaderLength..];
        payload.CopyTo(copy);
        copy.Slice(AdvertisementLayout.ChecksumOffset, 2).Clear();
        copy[^HmacLength..].Clear();
        _ = HMACSHA256.HashData(key, input, whole);
        whole[..HmacLength].CopyTo(hmac);
    }
}
