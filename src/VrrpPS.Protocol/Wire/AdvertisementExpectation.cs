namespace VrrpPS.Protocol.Wire;

/// <summary>What one virtual router is configured to hear: the receive checks that need configuration.</summary>
/// <param name="Version">The configured version.</param>
/// <param name="VirtualRouterId">The configured VRID.</param>
/// <param name="Interval">The configured interval.</param>
public readonly record struct AdvertisementExpectation(VrrpVersion Version, byte VirtualRouterId, Interval Interval)
{
    /// <summary>The configured authentication; version 2 only.</summary>
    public AuthenticationType AuthenticationType { get; init; }

    /// <summary>The configured password, with <see cref="AuthenticationType.SimpleText"/>.</summary>
    public AuthenticationData AuthenticationData { get; init; }

    /// <summary>
    /// Whether a version 3 router hears version 2 as well (RFC 9568 section 8.4.2): without authentication, and at whatever
    /// interval, as in version 3.
    /// </summary>
    public bool Version2Compatibility { get; init; }

    /// <summary>Whether another address list discards the message (a MAY of RFC 3768 section 7.1).</summary>
    public bool StrictAddressList { get; init; }

    /// <summary>Whether an IPv6 list that does not begin with a link-local address discards the message (RFC 9568 erratum 8300).</summary>
    public bool StrictFirstAddress { get; init; }

    /// <summary>
    /// The first mismatch that discards the message, or <see cref="DecodeError.None"/>. Mismatches that are only reported
    /// are among those of <see cref="Compare"/>.
    /// </summary>
    /// <param name="advertisement">A message that <see cref="AdvertisementReader.TryRead"/> accepted.</param>
    /// <param name="addresses">The configured advertised addresses.</param>
    public DecodeError Check(in AdvertisementReader advertisement, ReadOnlySpan<InetAddress> addresses)
        => FirstDiscarding(Compare(advertisement, addresses));

    /// <summary>Everything in which the message differs from the configuration.</summary>
    /// <param name="advertisement">A message that <see cref="AdvertisementReader.TryRead"/> accepted.</param>
    /// <param name="addresses">The configured advertised addresses.</param>
    public DecodeErrorSet Compare(in AdvertisementReader advertisement, ReadOnlySpan<InetAddress> addresses)
    {
        bool translated = Version2Compatibility && Version == VrrpVersion.V3 && advertisement.Version == VrrpVersion.V2;
        var interval = translated ? Interval.RoundUpToSeconds() : Interval;
        bool sameType = advertisement.AuthenticationType == AuthenticationType;
        bool hasPassword = AuthenticationType == AuthenticationType.SimpleText;
        return DecodeErrorSet.Empty
            .WithIf(advertisement.VirtualRouterId != VirtualRouterId, DecodeError.VirtualRouterIdMismatch)
            .WithIf(advertisement.Version != Version && !translated, DecodeError.VersionMismatch)
            .WithIf((translated || Version == VrrpVersion.V2) && !sameType, DecodeError.AuthenticationTypeMismatch)
            .WithIf(
                Version == VrrpVersion.V2 && sameType && hasPassword && advertisement.AuthenticationData != AuthenticationData,
                DecodeError.AuthenticationDataMismatch)
            .WithIf(advertisement.Interval != interval, DecodeError.IntervalMismatch)
            .WithIf(!advertisement.HasSameAddresses(addresses), DecodeError.AddressListMismatch)
            .With(advertisement.Findings);
    }

    /// <summary>The member of a comparison's result that discards the message, or <see cref="DecodeError.None"/>.</summary>
    public DecodeError FirstDiscarding(DecodeErrorSet differences)
    {
        var reported = DecodeErrorSet.Empty
            .With(DecodeError.TrailingData)
            .WithIf(Version == VrrpVersion.V3, DecodeError.IntervalMismatch)
            .WithIf(!StrictAddressList, DecodeError.AddressListMismatch)
            .WithIf(!StrictFirstAddress, DecodeError.FirstAddressNotLinkLocal);
        return differences.Without(reported).First;
    }
}
