namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>What can be wrong although the router takes part, beside the receive checks (those keep their own numbers, up to 63).</summary>
internal enum RouterWarning
{
    /// <summary>A router that should yield keeps advertising.</summary>
    RivalMaster = 64,

    /// <summary>Two routers claim priority 255.</summary>
    TwoOwners,

    /// <summary>Another cluster uses our VRID.</summary>
    ForeignCluster,

    /// <summary>A foreign MAC address announces our address.</summary>
    ForeignAnnouncement,

    /// <summary>A rival uses the other checksum style.</summary>
    ChecksumStyleConflict,

    /// <summary>Two other routers advertise as Master at the same time.</summary>
    TwoMasters,

    /// <summary>Another Master is heard and not believed, because the two authenticate differently.</summary>
    MismatchedAuthentication,
}
