using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>Whether an advertisement may be believed, before anything in it is looked at.</content>
internal sealed partial class RouterHost
{
    private AuthenticationData _key;
    private AuthenticationSequence _sequence;

    /// <summary>Whether advertisements have an IP Authentication Header.</summary>
    public bool UsesAuthenticationHeader => _expectation.AuthenticationType == AuthenticationType.AuthenticationHeader;

    /// <summary>The password of a configuration in the form of the wire; empty without one.</summary>
    public static AuthenticationData KeyOf(InstanceConfiguration configuration)
        => configuration.AuthenticationPass is { } password && AuthenticationData.TryCreate(password.Reveal(), out var key) ? key : default;

    /// <summary>Judges how a packet of our VRID is protected.</summary>
    /// <param name="packet">The packet as received, perhaps with padding behind it.</param>
    /// <param name="ip">Its IP header.</param>
    /// <param name="message">The VRRP message in it.</param>
    public DecodeError Authenticate(ReadOnlySpan<byte> packet, in IPPacketReader ip, ReadOnlySpan<byte> message)
    {
        bool isProtected = ip.Protocol == ProtocolNumber.AuthenticationHeader;
        if (!isProtected && !UsesAuthenticationHeader)
        {
            return DecodeError.None;
        }

        if (isProtected != UsesAuthenticationHeader)
        {
            // Another version is refused later, and by its own name.
            bool sameVersion = message[0] >> 4 == (int)Configuration.Version;
            return isProtected || sameVersion ? DecodeError.AuthenticationTypeMismatch : DecodeError.None;
        }

        int length = ((packet[0] & 0x0F) * 4) + ip.Payload.Length;
        var error = AuthenticationHeader.Verify(packet[..length], _key, unicast: Configuration.UnicastPeers.Count > 0);
        if (error == DecodeError.None && AuthenticationHeader.TryRead(ip.Payload, out var header) == DecodeError.None
            && !_sequence.TryAccept(header.SequenceNumber))
        {
            error = DecodeError.AuthenticationHeaderReplay;
        }

        return error;
    }
}
