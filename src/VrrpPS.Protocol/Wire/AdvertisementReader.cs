using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>
/// A checked view over a VRRP advertisement, version 2 or 3. <see cref="TryRead"/> is for a router and yields only what
/// passed every check that needs no configuration; <see cref="Inspect"/> is for an observer and yields whatever is there.
/// What needs configuration is in <see cref="AdvertisementExpectation"/>.
/// </summary>
public readonly ref struct AdvertisementReader
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _addressLength;

    private AdvertisementReader(ReadOnlySpan<byte> payload, scoped in PacketMetadata metadata, int trailerLength)
    {
        var message = payload[..^trailerLength];
        _message = message;
        Metadata = metadata;
        _addressLength = metadata.Source.Length;
        int room = Math.Max(0, message.Length - AdvertisementLayout.AddressesOffset);
        AddressCount = Math.Min(DeclaredAddressCount, room / _addressLength);
        ChecksumStyle = HasWholeMessage ? ObserveChecksum(payload) : ObservedChecksumStyle.Invalid;
    }

    /// <summary>What the IP header said.</summary>
    public PacketMetadata Metadata { get; }

    /// <summary>The version nibble; <see cref="TryRead"/> yields only 2 and 3, <see cref="Inspect"/> any.</summary>
    public VrrpVersion Version => (VrrpVersion)(ByteAt(AdvertisementLayout.VersionAndTypeOffset) >> 4);

    /// <summary>The type nibble; 1 is ADVERTISEMENT.</summary>
    public int Type => ByteAt(AdvertisementLayout.VersionAndTypeOffset) & 0x0F;

    /// <summary>The VRID.</summary>
    public byte VirtualRouterId => ByteAt(AdvertisementLayout.VirtualRouterIdOffset);

    /// <summary>The sender's priority; 0 means it is leaving.</summary>
    public byte Priority => ByteAt(AdvertisementLayout.PriorityOffset);

    /// <summary>How many addresses the header declares.</summary>
    public int DeclaredAddressCount => ByteAt(AdvertisementLayout.CountOffset);

    /// <summary>How many addresses can be read: the declared count, or fewer in a message that is cut short.</summary>
    public int AddressCount { get; }

    /// <summary>The sender's advertisement interval; version 2 seconds are converted. Reserved bits are ignored.</summary>
    public Interval Interval
    {
        get
        {
            if (_message.Length < AdvertisementLayout.FixedLength)
            {
                return default;
            }

            return IsVersion2
                ? Interval.FromSeconds(_message[AdvertisementLayout.AdvertisementIntervalOffset])
                : new Interval(BinaryPrimitives.ReadUInt16BigEndian(_message[AdvertisementLayout.MaxAdvertiseIntervalOffset..]) & AdvertisementLayout.IntervalMask);
        }
    }

    /// <summary>The authentication type; always <see cref="AuthenticationType.None"/> in version 3.</summary>
    public AuthenticationType AuthenticationType
        => IsVersion2 ? (AuthenticationType)ByteAt(AdvertisementLayout.AuthenticationTypeOffset) : AuthenticationType.None;

    /// <summary>The authentication data; zeros in version 3 and where the message is cut short.</summary>
    public AuthenticationData AuthenticationData => IsVersion2 && HasWholeMessage
        ? AuthenticationData.Read(_message.Slice(AdvertisementLayout.AddressesOffset + (DeclaredAddressCount * _addressLength), AuthenticationData.Length))
        : default;

    /// <summary>What the checksum covers, or that it is wrong.</summary>
    public ObservedChecksumStyle ChecksumStyle { get; }

    /// <summary>The checksum field.</summary>
    public ushort Checksum => _message.Length < AdvertisementLayout.FixedLength
        ? (ushort)0
        : BinaryPrimitives.ReadUInt16BigEndian(_message[AdvertisementLayout.ChecksumOffset..]);

    /// <summary>What is unusual but does not discard the message.</summary>
    public DecodeErrorSet Findings => DecodeErrorSet.Empty
        .WithIf(
            Metadata.Family == AddressFamily.IPv6 && AddressCount > 0 && !GetAddress(0).IsLinkLocal,
            DecodeError.FirstAddressNotLinkLocal)
        .WithIf(HasWholeMessage && _message.Length > ExpectedLength, DecodeError.TrailingData);

    private bool IsVersion2 => Version == VrrpVersion.V2;

    private int ExpectedLength => AdvertisementLayout.MessageLength(IsVersion2, _addressLength, DeclaredAddressCount);

    private bool HasWholeMessage => _message.Length >= AdvertisementLayout.FixedLength && _message.Length >= ExpectedLength;

    /// <summary>
    /// Reads a message that must pass, in this order, the checks of RFC 9568 section 7.1 and RFC 3768 section 7.1 that need
    /// no configuration; the first that fails is returned.
    /// </summary>
    /// <param name="message">The VRRP message: the IP payload without padding.</param>
    /// <param name="metadata">What the IP header says.</param>
    /// <param name="advertisement">The view; empty when there is an error.</param>
    public static DecodeError TryRead(ReadOnlySpan<byte> message, scoped in PacketMetadata metadata, out AdvertisementReader advertisement)
    {
        var error = Inspect(message, metadata, out advertisement).FirstDiscarding;
        if (error != DecodeError.None)
        {
            advertisement = default;
        }

        return error;
    }

    /// <summary>Reads as much as there is and says everything that is wrong or unusual.</summary>
    /// <param name="message">The VRRP message: the IP payload without padding.</param>
    /// <param name="metadata">What the IP header says.</param>
    /// <param name="advertisement">The view; fields that are not there read as zero.</param>
    /// <param name="trailerLength">The bytes at the end of <paramref name="message"/> that are an <see cref="HmacTrailer"/>.</param>
    public static DecodeErrorSet Inspect(
        ReadOnlySpan<byte> message, scoped in PacketMetadata metadata, out AdvertisementReader advertisement, int trailerLength = 0)
    {
        advertisement = new AdvertisementReader(message, metadata, trailerLength);
        message = message[..^trailerLength];
        var problems = DecodeErrorSet.Empty
            .With(metadata.CheckSource())
            .WithIf(metadata.TimeToLive != AdvertisementLayout.TimeToLive, DecodeError.TimeToLive);
        if (message.IsEmpty)
        {
            return problems.With(DecodeError.Length);
        }

        bool known = advertisement.Version is VrrpVersion.V2 or VrrpVersion.V3;
        problems = problems
            .WithIf(!known, DecodeError.Version)
            .WithIf(advertisement.IsVersion2 && metadata.Family == AddressFamily.IPv6, DecodeError.VersionForFamily)
            .WithIf(advertisement.Type != AdvertisementLayout.TypeAdvertisement, DecodeError.Type);
        if (message.Length < AdvertisementLayout.FixedLength)
        {
            return problems.With(DecodeError.Length);
        }

        // The layout of an unknown version is unknown, and a message that is cut short has no checksum worth a word.
        bool whole = advertisement.HasWholeMessage;
        return problems
            .WithIf(known && !whole, DecodeError.Length)
            .WithIf(advertisement.DeclaredAddressCount == 0, DecodeError.AddressCountZero)
            .WithIf(known && whole && advertisement.ChecksumStyle == ObservedChecksumStyle.Invalid, DecodeError.Checksum)
            .WithIf(advertisement.VirtualRouterId == 0, DecodeError.VirtualRouterIdZero)
            .WithIf(known && advertisement.Interval == default, DecodeError.IntervalZero)
            .WithIf(advertisement.AuthenticationType > AuthenticationType.AuthenticationHeader, DecodeError.AuthenticationTypeUnknown)
            .With(advertisement.Findings);
    }

    /// <summary>One address of the list.</summary>
    /// <param name="index">0 to <see cref="AddressCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such address.</exception>
    public InetAddress GetAddress(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)AddressCount, nameof(index));
        return InetAddress.Read(_message.Slice(AdvertisementLayout.AddressesOffset + (index * _addressLength), _addressLength));
    }

    /// <summary>Whether the list has the same addresses as another, in any order.</summary>
    public bool HasSameAddresses(ReadOnlySpan<InetAddress> addresses)
    {
        if (addresses.Length != DeclaredAddressCount || AddressCount != DeclaredAddressCount)
        {
            return false;
        }

        bool sameOrder = true;
        for (int index = 0; index < AddressCount && sameOrder; index++)
        {
            sameOrder = GetAddress(index) == addresses[index];
        }

        return sameOrder || IsPermutationOf(addresses);
    }

    private bool IsPermutationOf(ReadOnlySpan<InetAddress> addresses)
    {
        // Counted both ways, so that a repeated address does not hide a missing one.
        foreach (var address in addresses)
        {
            if (CountOf(address) != addresses.Count(address))
            {
                return false;
            }
        }

        return true;
    }

    private int CountOf(InetAddress address)
    {
        int count = 0;
        for (int index = 0; index < AddressCount; index++)
        {
            count += GetAddress(index) == address ? 1 : 0;
        }

        return count;
    }

    private ObservedChecksumStyle ObserveChecksum(ReadOnlySpan<byte> payload)
    {
        bool mixed = Metadata.Source.IsNone || Metadata.Source.Family != Metadata.Destination.Family;
        if (mixed && !IsVersion2)
        {
            return ObservedChecksumStyle.Invalid;
        }

        if (Metadata.Family == AddressFamily.IPv6 && !IsVersion2)
        {
            // The transport's checksum covers all that IPv6 carries (RFC 8200 section 8.1), a trailer too.
            ulong all = InternetChecksum.Sum(payload)
                + InternetChecksum.PseudoHeader(Metadata.Source, Metadata.Destination, ProtocolNumber.Vrrp, payload.Length);
            return InternetChecksum.IsValid(all) ? ObservedChecksumStyle.Single : ObservedChecksumStyle.Invalid;
        }

        ulong sum = InternetChecksum.Sum(_message);
        bool plain = InternetChecksum.IsValid(sum);
        if (IsVersion2)
        {
            return plain ? ObservedChecksumStyle.Single : ObservedChecksumStyle.Invalid;
        }

        bool covered = InternetChecksum.IsValid(
            sum + InternetChecksum.PseudoHeader(Metadata.Source, Metadata.Destination, ProtocolNumber.Vrrp, _message.Length));
        return (plain, covered) switch
        {
            (true, true) => ObservedChecksumStyle.Either,
            (true, false) => ObservedChecksumStyle.Rfc9568,
            (false, true) => ObservedChecksumStyle.PseudoHeader,
            _ => ObservedChecksumStyle.Invalid,
        };
    }

    private byte ByteAt(int offset) => offset < _message.Length ? _message[offset] : (byte)0;
}
