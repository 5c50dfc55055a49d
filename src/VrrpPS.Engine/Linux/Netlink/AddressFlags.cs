namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>An address's flags (IFA_F_*).</summary>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>IPv4: another address of the same subnet was there first. IPv6: a temporary address.</summary>
    Secondary = 0x01,

    /// <summary>IPv6: used at once, without duplicate address detection.</summary>
    NoDuplicateDetection = 0x02,

    /// <summary>IPv6: usable while duplicate address detection runs.</summary>
    Optimistic = 0x04,

    /// <summary>IPv6: duplicate address detection found another holder.</summary>
    DuplicateDetected = 0x08,

    /// <summary>IPv6: the home address of a mobile node (RFC 6275).</summary>
    HomeAddress = 0x10,

    /// <summary>The preferred lifetime is over: not chosen as a source address.</summary>
    Deprecated = 0x20,

    /// <summary>IPv6: duplicate address detection runs; not usable yet.</summary>
    Tentative = 0x40,

    /// <summary>Without a lifetime.</summary>
    Permanent = 0x80,

    /// <summary>Makes no route to its prefix.</summary>
    NoPrefixRoute = 0x200,
}
