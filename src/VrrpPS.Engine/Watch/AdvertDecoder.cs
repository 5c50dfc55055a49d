using VrrpPS.Engine.Watch.Capture;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Watch;

/// <summary>Makes an observation of a captured packet, as much as can be read of it.</summary>
internal static class AdvertDecoder
{
    private const int FixedLength = 8;

    private static readonly DecodeErrorSet s_reportedElsewhere = DecodeErrors.Findings
        .With(DecodeError.TimeToLive)
        .With(DecodeError.Checksum)
        .With(DecodeError.AuthenticationHeader);

    /// <summary>Decodes a packet that carries VRRP, damaged or not.</summary>
    /// <param name="packet">The captured bytes, link header first.</param>
    /// <param name="link">The link header.</param>
    /// <param name="originalLength">The length on the wire; more than was captured if the capture cut it.</param>
    /// <param name="time">When it was captured.</param>
    /// <param name="interfaceName">Where it was captured.</param>
    /// <param name="direction">In which direction it went.</param>
    /// <returns>Null when this is no VRRP packet.</returns>
    public static AdvertObservation? Decode(
        ReadOnlySpan<byte> packet, in LinkLayer link, long originalLength, Instant time, string interfaceName, AdvertDirection direction)
    {
        var errors = IPPacketReader.Inspect(packet[link.PayloadOffset..], out var ip);
        if (ip.Source.IsNone)
        {
            // Not even an IP header: nothing says that this is VRRP.
            return null;
        }

        var message = ip.Payload;
        bool authenticated = ip.Protocol == ProtocolNumber.AuthenticationHeader;
        if (authenticated ? !TrySkipAuthenticationHeader(ref message) : ip.Protocol != ProtocolNumber.Vrrp)
        {
            return null;
        }

        bool cut = originalLength > packet.Length && errors.Contains(DecodeError.IPTotalLength);
        var observation = new AdvertObservation
        {
            Time = time,
            InterfaceName = interfaceName,
            VlanId = link.VlanId,
            Direction = direction,
            SourceMac = link.Source,
            Source = ip.Source,
            Destination = ip.Destination,
            TimeToLive = ip.TimeToLive,
        };
        if (errors.Contains(DecodeError.Fragment))
        {
            return observation with { Malformed = Reasons(errors) };
        }

        int trailer = HmacTrailer.IsPresent(message, ip.Metadata.Family) ? HmacTrailer.Length : 0;
        errors = errors.With(AdvertisementReader.Inspect(message, ip.Metadata, out var advertisement, trailer));
        string? reason = cut ? $"the capture kept only {packet.Length} of its {originalLength} bytes" : Reasons(errors);
        var authentication = authenticated ? AdvertAuthentication.AuthenticationHeader
            : trailer > 0 ? AdvertAuthentication.Hmac
            : Translate(advertisement.AuthenticationType);
        return Fill(observation with { Malformed = reason }, message.Length, advertisement, errors, authentication);
    }

    private static AdvertObservation Fill(
        AdvertObservation observation, int length, in AdvertisementReader advertisement, DecodeErrorSet errors, AdvertAuthentication authentication)
    {
        if (length == 0)
        {
            return observation;
        }

        observation = observation with { Version = (int)advertisement.Version };
        if (length < FixedLength || advertisement.Version is not (VrrpVersion.V2 or VrrpVersion.V3))
        {
            return observation;
        }

        var addresses = new InetAddress[advertisement.AddressCount];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = advertisement.GetAddress(i);
        }

        return observation with
        {
            VirtualRouterId = advertisement.VirtualRouterId,
            Priority = advertisement.Priority,
            Interval = advertisement.Interval,
            Addresses = addresses,
            Authentication = authentication,
            AuthenticationData = advertisement.AuthenticationData,
            ChecksumStyle = advertisement.ChecksumStyle,
            ChecksumValid = errors.Contains(DecodeError.Length) ? null : advertisement.ChecksumStyle != ObservedChecksumStyle.Invalid,
            FirstAddressNotLinkLocal = errors.Contains(DecodeError.FirstAddressNotLinkLocal),
        };
    }

    /// <summary>RFC 2402: next header, length in words minus two; the 12 fixed bytes and the digest follow.</summary>
    private static bool TrySkipAuthenticationHeader(ref ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 2 || payload[0] != ProtocolNumber.Vrrp)
        {
            return false;
        }

        int length = (payload[1] + 2) * 4;
        payload = length <= payload.Length ? payload[length..] : default;
        return true;
    }

    private static string? Reasons(DecodeErrorSet errors)
    {
        var rest = errors.Without(s_reportedElsewhere);
        if (rest.IsEmpty)
        {
            return null;
        }

        var reasons = new List<string>(rest.Count);
        foreach (var error in rest)
        {
            reasons.Add(error.Describe());
        }

        return string.Join("; ", reasons);
    }

    private static AdvertAuthentication Translate(AuthenticationType type) => type switch
    {
        AuthenticationType.None => AdvertAuthentication.None,
        AuthenticationType.SimpleText => AdvertAuthentication.SimpleText,
        AuthenticationType.AuthenticationHeader => AdvertAuthentication.AuthenticationHeader,
        _ => AdvertAuthentication.Unknown,
    };
}
