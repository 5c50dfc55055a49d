namespace VrrpPS.Protocol;

/// <summary>
/// What the checksum of a VRRPv3 advertisement over IPv4 covers. RFC 9568 section 5.2.8 means the VRRP message alone;
/// RFC 5798 was widely read as including a pseudo-header, and that is what keepalived and FRR send and require by default.
/// VRRPv2 never and IPv6 always has one meaning only; there the style is ignored.
/// </summary>
public enum ChecksumStyle : long
{
    /// <summary>Pseudo-header at start; as Backup, the style of the current Master after three advertisements.</summary>
    Auto = 0,

    /// <summary>Message and IPv4 pseudo-header (RFC 5798 as deployed).</summary>
    PseudoHeader = 1,

    /// <summary>Message only (RFC 9568).</summary>
    Rfc9568 = 2,

    /// <summary>Send every advertisement twice, once in each style.</summary>
    Both = 3,
}
