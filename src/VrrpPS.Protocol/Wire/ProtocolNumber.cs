namespace VrrpPS.Protocol.Wire;

/// <summary>IP protocol numbers that matter here (IANA "Protocol Numbers").</summary>
public static class ProtocolNumber
{
    /// <summary>VRRP (RFC 9568 section 5.1.1.4).</summary>
    public const byte Vrrp = 112;

    /// <summary>ICMPv6, which carries neighbor discovery.</summary>
    public const byte IcmpV6 = 58;

    /// <summary>IP Authentication Header.</summary>
    public const byte AuthenticationHeader = 51;

    internal const byte HopByHopOptions = 0;
    internal const byte Routing = 43;
    internal const byte Fragment = 44;
    internal const byte EncapsulatingSecurityPayload = 50;
    internal const byte DestinationOptions = 60;
    internal const byte Mobility = 135;
    internal const byte HostIdentity = 139;
    internal const byte Shim6 = 140;

    /// <summary>Whether an IPv6 next-header value is an extension header other than the fragment and authentication headers.</summary>
    internal static bool IsExtensionHeader(byte nextHeader) => nextHeader is HopByHopOptions or Routing or DestinationOptions
        or EncapsulatingSecurityPayload or Mobility or HostIdentity or Shim6;
}
