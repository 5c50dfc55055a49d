namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>Values of rtm_protocol and FRA_PROTOCOL, the mark that says who installed a route or a rule.</summary>
public static class RouteProtocol
{
    /// <summary>
    /// The mark of every route and rule that VrrpPS installs: the same number as <see cref="AddressProtocol.VrrpPS"/>, which no
    /// routing daemon uses. A dead engine's are recognized by it, so it never changes.
    /// </summary>
    public const byte VrrpPS = 112;
}
