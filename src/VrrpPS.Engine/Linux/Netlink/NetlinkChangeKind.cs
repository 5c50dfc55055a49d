namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>What a <see cref="LinkOrAddressChange"/> tells.</summary>
public enum NetlinkChangeKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A link appeared or changed.</summary>
    LinkChanged,

    /// <summary>A link is gone, or moved to another namespace.</summary>
    LinkRemoved,

    /// <summary>An address was bound, renewed or changed.</summary>
    AddressAdded,

    /// <summary>An address was removed, by whom- or whatever.</summary>
    AddressRemoved,

    /// <summary>Events were lost because nobody read in time: list links and addresses again.</summary>
    Overrun,
}
