namespace VrrpPS.Protocol.Wire;

/// <summary>Why an advertisement cannot be written as asked.</summary>
public enum EncodeError : long
{
    /// <summary>It can be written.</summary>
    None = 0,

    /// <summary>The version is neither 2 nor 3.</summary>
    Version,

    /// <summary>Version 2 over IPv6, which does not exist.</summary>
    VersionForFamily,

    /// <summary>The VRID is 0.</summary>
    VirtualRouterId,

    /// <summary>The interval does not fit the version: 1..4095 centiseconds, or 1..255 whole seconds in version 2.</summary>
    Interval,

    /// <summary>Authentication in version 3, a type that cannot be sent, or a password without a type.</summary>
    Authentication,

    /// <summary>The list is empty.</summary>
    NoAddresses,

    /// <summary>The list has more than 255 addresses: the count is one byte. Use excluded addresses.</summary>
    TooManyAddresses,

    /// <summary>The packet would be larger than the MTU, and advertisements are never fragmented. Use excluded addresses.</summary>
    ExceedsMtu,

    /// <summary>An address, the source or the destination is of another family than the rest.</summary>
    MixedFamilies,

    /// <summary>The first IPv6 address is not link-local (RFC 9568 section 5.2.9).</summary>
    FirstAddressNotLinkLocal,

    /// <summary>The checksum style is <see cref="VrrpPS.Protocol.ChecksumStyle.Both"/>, which takes two packets.</summary>
    ChecksumStyle,

    /// <summary>The buffer is too small.</summary>
    BufferTooSmall,
}
