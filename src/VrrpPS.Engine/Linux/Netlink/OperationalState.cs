namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>An interface's operational state (RFC 2863 section 3.1.14, as IFLA_OPERSTATE numbers it).</summary>
public enum OperationalState
{
    /// <summary>The driver does not say.</summary>
    Unknown = 0,

    /// <summary>A component is missing.</summary>
    NotPresent = 1,

    /// <summary>Disabled or without carrier.</summary>
    Down = 2,

    /// <summary>Down because of a layer below.</summary>
    LowerLayerDown = 3,

    /// <summary>In a test mode.</summary>
    Testing = 4,

    /// <summary>Waits for an external event (802.1X).</summary>
    Dormant = 5,

    /// <summary>Passes packets.</summary>
    Up = 6,
}
