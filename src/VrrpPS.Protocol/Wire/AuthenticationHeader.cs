using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace VrrpPS.Protocol.Wire;

/// <summary>
/// The IP Authentication Header (RFC 2402) in front of a version 2 message, with HMAC-MD5-96 (RFC 2403), as keepalived's
/// <c>auth_type AH</c> sends it: the SPI is the sender's IPv4 address, and the digest covers the IP header with type of service,
/// fragment field and checksum as zero. It covers the TTL of multicast packets, although RFC 2402 calls it mutable, and reads it as
/// zero in unicast ones. A view over the bytes behind the IP header.
/// </summary>
public readonly ref struct AuthenticationHeader
{
    /// <summary>Bytes of a header with a 96-bit digest.</summary>
    public const int Length = 24;

    internal const int SpiOffset = 4;
    internal const int SequenceOffset = 8;
    internal const int DigestOffset = 12;
    internal const int DigestLength = 12;

    /// <summary>The length field: 32-bit words of the header less two (RFC 2402 section 2.2).</summary>
    internal const byte LengthField = (Length / 4) - 2;

    /// <summary>The largest packet that is looked at; receive buffers hold as much.</summary>
    private const int LongestPacket = 2048;

    private readonly ReadOnlySpan<byte> _bytes;

    private AuthenticationHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The Security Parameters Index, which must be the sender's address.</summary>
    public uint Spi => BinaryPrimitives.ReadUInt32BigEndian(_bytes[SpiOffset..]);

    /// <summary>The sequence number, which grows with every packet of the virtual router, whoever sends it.</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(_bytes[SequenceOffset..]);

    /// <summary>The VRRP message.</summary>
    public ReadOnlySpan<byte> Message => _bytes[Length..];

    /// <summary>Reads the payload of an IP packet of protocol 51.</summary>
    /// <param name="payload">What follows the IP header.</param>
    /// <param name="header">The view; empty with an error.</param>
    /// <returns><see cref="DecodeError.AuthenticationHeaderFormat"/> when it is cut, has another length or carries something else than VRRP.</returns>
    public static DecodeError TryRead(ReadOnlySpan<byte> payload, out AuthenticationHeader header)
    {
        bool fits = payload.Length >= Length && payload[0] == ProtocolNumber.Vrrp && payload[1] == LengthField;
        header = fits ? new AuthenticationHeader(payload) : default;
        return fits ? DecodeError.None : DecodeError.AuthenticationHeaderFormat;
    }

    /// <summary>
    /// Checks the digest and then the SPI. The sequence number is the router's to judge (<see cref="AuthenticationSequence"/>),
    /// which may believe it from here on.
    /// </summary>
    /// <param name="packet">The whole IPv4 packet without padding.</param>
    /// <param name="key">The password as eight bytes.</param>
    /// <param name="unicast">Whether the peers are unicast: then the digest leaves the TTL out.</param>
    public static DecodeError Verify(ReadOnlySpan<byte> packet, AuthenticationData key, bool unicast)
    {
        int start = (packet[0] & 0x0F) * 4;
        if (packet.Length > LongestPacket || packet.Length < start + Length)
        {
            return DecodeError.AuthenticationHeaderFormat;
        }

        Span<byte> scratch = stackalloc byte[LongestPacket];
        Span<byte> expected = stackalloc byte[DigestLength];
        scratch = scratch[..packet.Length];
        packet.CopyTo(scratch);
        Digest(scratch, start, key, unicast, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, packet.Slice(start + DigestOffset, DigestLength)))
        {
            return DecodeError.AuthenticationHeaderDigest;
        }

        bool sameSource = packet.Slice(start + SpiOffset, 4).SequenceEqual(packet.Slice(IPv4Header.SourceOffset, 4));
        return sameSource ? DecodeError.None : DecodeError.AuthenticationHeaderSpi;
    }

    /// <summary>Writes a header with its digest into a packet whose IP header and message are in place.</summary>
    /// <param name="packet">The whole IPv4 packet, its header without options.</param>
    /// <param name="sequence">The sequence number.</param>
    /// <param name="key">The password as eight bytes.</param>
    /// <param name="unicast">Whether the packet goes to a unicast peer.</param>
    /// <param name="scratch">As long as the packet; overwritten.</param>
    internal static void Write(Span<byte> packet, uint sequence, AuthenticationData key, bool unicast, Span<byte> scratch)
    {
        var header = packet.Slice(IPv4Header.Length, Length);
        header.Clear();
        header[0] = ProtocolNumber.Vrrp;
        header[1] = LengthField;
        packet.Slice(IPv4Header.SourceOffset, 4).CopyTo(header[SpiOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(header[SequenceOffset..], sequence);
        packet.CopyTo(scratch);
        Digest(scratch, IPv4Header.Length, key, unicast, header.Slice(DigestOffset, DigestLength));
    }

    /// <summary>The first 96 bits of HMAC-MD5 over a packet, whose mutable fields are set to zero here.</summary>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "RFC 2403 says MD5, and the peers speak nothing else.")]
    private static void Digest(Span<byte> packet, int start, AuthenticationData key, bool unicast, Span<byte> digest)
    {
        packet[IPv4Header.TypeOfServiceOffset] = 0;
        packet.Slice(IPv4Header.FragmentOffset, 2).Clear();
        packet.Slice(IPv4Header.ChecksumOffset, 2).Clear();
        packet.Slice(start + DigestOffset, DigestLength).Clear();
        if (unicast)
        {
            packet[IPv4Header.TimeToLiveOffset] = 0;
        }

        Span<byte> password = stackalloc byte[AuthenticationData.Length];
        Span<byte> whole = stackalloc byte[HMACMD5.HashSizeInBytes];
        key.Write(password);
        _ = HMACMD5.HashData(password, packet, whole);
        whole[..DigestLength].CopyTo(digest);
        password.Clear();
    }
}
