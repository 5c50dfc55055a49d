namespace VrrpPS;

/// <summary>What can be wrong with an advertisement, alone or beside others. The names never change between releases.</summary>
public enum AdvertProblemCode : long
{
    /// <summary>The packet cannot be read as an advertisement; receivers discard it.</summary>
    Malformed = 0,

    /// <summary>The checksum is wrong in every style; receivers discard it.</summary>
    BadChecksum,

    /// <summary>The TTL or hop limit is not 255; receivers discard it (RFC 9568 section 5.1.1.3).</summary>
    TimeToLive,

    /// <summary>Two routers speak as Master for the same virtual router.</summary>
    TwoMasters,

    /// <summary>A router speaks although one that wins the election is speaking.</summary>
    LowerPriorityMaster,

    /// <summary>The virtual router is none of those expected here.</summary>
    ForeignVirtualRouter,

    /// <summary>Speakers of one virtual router use different protocol versions and do not hear each other.</summary>
    VersionMismatch,

    /// <summary>Speakers of one virtual router advertise different intervals.</summary>
    IntervalMismatch,

    /// <summary>Speakers of one virtual router compute the checksum differently (RFC 9568 section 5.2.8, RFC 5798).</summary>
    ChecksumStyleMismatch,

    /// <summary>Speakers of one virtual router list different addresses.</summary>
    AddressListMismatch,

    /// <summary>Speakers of one virtual router authenticate differently.</summary>
    AuthenticationMismatch,

    /// <summary>One source address is used with two hardware addresses.</summary>
    DuplicateSourceAddress,

    /// <summary>A packet that this host sent came back: a loop, a reflecting switch, or a spoofer.</summary>
    Reflected,

    /// <summary>Advertisements of the speaker are missing.</summary>
    Gap,

    /// <summary>Information: an IPv6 address list begins with a global address (RFC 9568 section 5.2.9, erratum 8300).</summary>
    FirstAddressNotLinkLocal,

    /// <summary>Information: the Master gives up its role (priority 0).</summary>
    PriorityZero,
}
