namespace VrrpPS.Protocol;

/// <summary>The protocol version in the first nibble of an advertisement.</summary>
public enum VrrpVersion : long
{
    /// <summary>RFC 3768: IPv4 only, whole seconds, optional authentication.</summary>
    V2 = 2,

    /// <summary>RFC 9568 (and RFC 5798): both families, centiseconds.</summary>
    V3 = 3,
}
