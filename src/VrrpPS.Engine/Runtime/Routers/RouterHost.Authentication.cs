using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>Whether an advertisement may be believed, before anything in it is looked at.</content>
internal sealed partial class RouterHost
{
    private AuthenticationData _key;
    private AuthenticationSequence _sequence;
    private HmacAuthenticator? _hmac;

    /// <summary>Whether advertisements have an IP Authentication Header.</summary>
    public bool UsesAuthenticationHeader => _expectation.AuthenticationType == AuthenticationType.AuthenticationHeader;

    /// <summary>The password of a configuration in the form of the wire; empty without one.</summary>
    public static AuthenticationData KeyOf(InstanceConfiguration configuration)
        => configuration.AuthenticationPass is { } password && AuthenticationData.TryCreate(password.Reveal(), out var key) ? key : default;

    /// <summary>Judges how a packet of our VRID is protected.</summary>
    /// <param name="packet">The packet as received, perhaps with padding behind it.</param>
    /// <param name="ip">Its IP header.</param>
    /// <param name="message">The VRRP message in it, and perhaps a trailer.</param>
    /// <param name="trailerLength">How many bytes at the end of the message are a trailer.</param>
    public DecodeError Authenticate(ReadOnlySpan<byte> packet, in IPPacketReader ip, ReadOnlySpan<byte> message, out int trailerLength)
    {
        trailerLength = HmacTrailer.IsPresent(message, ip.Metadata.Family) ? HmacTrailer.Length : 0;
        bool isProtected = ip.Protocol == ProtocolNumber.AuthenticationHeader;
        if (!isProtected && trailerLength == 0 && message[0] >> 4 != (int)Configuration.Version)
        {
            // Refused later, and by its own name: nothing else would tell that the peers speak another version.
            return DecodeError.None;
        }

        if (isProtected != UsesAuthenticationHeader)
        {
            return DecodeError.AuthenticationTypeMismatch;
        }

        if (_hmac is { } hmac)
        {
            return hmac.Verify(message, ip.Source, UnixNanoseconds());
        }

        return trailerLength > 0 ? DecodeError.HmacUnexpected : isProtected ? VerifyHeader(packet, ip) : DecodeError.None;
    }

    private static bool IsAboutAuthentication(DecodeError error)
        => error is DecodeError.AuthenticationTypeMismatch or DecodeError.AuthenticationDataMismatch or DecodeError.AuthenticationTypeUnknown
            or DecodeError.AuthenticationHeaderDigest or DecodeError.AuthenticationHeaderSpi or DecodeError.AuthenticationHeaderReplay
            or (>= DecodeError.HmacMissing and <= DecodeError.HmacUnexpected);

    /// <summary>
    /// A Master hears another that it cannot believe: each takes the other for dead, so both serve the addresses, and nothing in the
    /// election tells. What differs is the diagnosis.
    /// </summary>
    private void ReportDisbelieved(DecodeError error, InetAddress source, Instant now)
    {
        if (Router.State == RouterState.Master && IsAboutAuthentication(error))
        {
            _ = ReportSplitBrain(
                RouterWarning.MismatchedAuthentication,
                $"MismatchedAuthentication: {source} advertises for this virtual router as well and is not believed: {error.Describe()} ({error}). Both may serve the addresses until both nodes authenticate alike.",
                now);
        }
    }

    private void CountHmac(DecodeError error)
    {
        switch (error)
        {
            case DecodeError.HmacMissing:
                Counters.HmacMissing++;
                break;
            case DecodeError.HmacMalformed:
                Counters.HmacMalformed++;
                break;
            case DecodeError.HmacUnknownKey:
                Counters.HmacUnknownKey++;
                break;
            case DecodeError.HmacInvalid:
                Counters.HmacInvalid++;
                break;
            case DecodeError.HmacStale:
                Counters.HmacStale++;
                break;
            case DecodeError.HmacReplay:
                Counters.HmacReplay++;
                break;
            case DecodeError.HmacUnexpected:
                Counters.HmacUnexpected++;
                break;
        }

        if (error is DecodeError.HmacStale or DecodeError.HmacReplay)
        {
            Counters.AuthenticationReplays++;
        }
        else
        {
            Counters.AuthenticationErrors++;
        }
    }

    private DecodeError VerifyHeader(ReadOnlySpan<byte> packet, in IPPacketReader ip)
    {
        int length = ((packet[0] & 0x0F) * 4) + ip.Payload.Length;
        var error = AuthenticationHeader.Verify(packet[..length], _key, unicast: Configuration.UnicastPeers.Count > 0);
        if (error == DecodeError.None)
        {
            error = AuthenticationHeader.TryRead(ip.Payload, out var header);
            error = error == DecodeError.None && !_sequence.TryAccept(header.SequenceNumber) ? DecodeError.AuthenticationHeaderReplay : error;
        }

        return error;
    }

    /// <summary>Takes passwords and keys of the configuration in force; what was sent and heard with the old ones still counts.</summary>
    private void TakeKeys()
    {
        _key = KeyOf(Configuration);
        var before = _hmac;
        _hmac = null;
        if (Configuration.Hmac is { } hmac)
        {
            _hmac = new HmacAuthenticator(new HmacSettings(
                (byte)hmac.ActiveKey, hmac.Mode, hmac.WindowSeconds(Configuration.AdvertisementInterval), Configuration.UnicastPeers.Count));
            foreach (var key in hmac.Keys)
            {
                _hmac.AddKey((byte)key.Id, key.Key.Reveal());
            }

            if (before is not null)
            {
                _hmac.Continue(before);
            }
        }
    }

    private void Sign(AdvertisementFrame advertisement)
    {
        if (_hmac is { Signs: true } hmac)
        {
            advertisement.Sign(hmac, UnixNanoseconds());
        }
    }

    private long UnixNanoseconds() => (_loop.TimeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
