namespace VrrpPS.Protocol;

/// <summary>The IP version that one virtual router serves. A virtual router never mixes both (RFC 9568 section 5.2.9).</summary>
public enum AddressFamily : long
{
    /// <summary>IPv4, group 224.0.0.18.</summary>
    IPv4 = 4,

    /// <summary>IPv6, group ff02::12.</summary>
    IPv6 = 6,
}
