namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>
/// Values of IFA_PROTO, the mark that says who bound an address (<c>ip -d address</c> shows it as <c>proto</c>; Linux 5.18).
/// 0..3 are the kernel's and 18 is keepalived's.
/// </summary>
public static class AddressProtocol
{
    /// <summary>Not marked.</summary>
    public const byte Unspecified = 0;

    /// <summary>keepalived's mark.</summary>
    public const byte Keepalived = 18;

    /// <summary>
    /// The mark of every address that VrrpPS binds: VRRP's IP protocol number, 112. The sweep at start, the guard and
    /// Get-VrrpOrphan recognize a dead engine's addresses by it, so it never changes.
    /// </summary>
    public const byte VrrpPS = 112;
}
