namespace VrrpPS.Protocol.Wire;

/// <summary>What the checksum of a received advertisement turned out to cover.</summary>
public enum ObservedChecksumStyle : long
{
    /// <summary>The checksum is wrong, or there was nothing to check.</summary>
    Invalid = 0,

    /// <summary>Right, and there is only one way to compute it: version 2, or IPv6.</summary>
    Single = 1,

    /// <summary>Version 3 over IPv4, right with the pseudo-header (RFC 5798 as deployed).</summary>
    PseudoHeader = 2,

    /// <summary>Version 3 over IPv4, right over the message alone (RFC 9568).</summary>
    Rfc9568 = 3,

    /// <summary>Version 3 over IPv4, right in both ways; nothing is learned from it.</summary>
    Either = 4,
}
