namespace VrrpPS.Engine.Configuration.Routing;

/// <summary>What becomes of a packet that a route matches (rtnetlink's RTN_*).</summary>
public enum RouteKind : long
{
    /// <summary>It is sent on.</summary>
    Unicast = 1,

    /// <summary>It is dropped silently.</summary>
    Blackhole = 6,

    /// <summary>It is answered with "host unreachable".</summary>
    Unreachable = 7,

    /// <summary>It is answered with "administratively prohibited".</summary>
    Prohibit = 8,

    /// <summary>The look-up goes on in the next table.</summary>
    Throw = 9,
}
