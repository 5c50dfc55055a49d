namespace VrrpPS.Engine.Linux.VirtualMacs;

/// <summary>The settings of the link that has the virtual MAC address. They go with it.</summary>
internal static class CarrierSettings
{
    private const int LooseReversePath = 2;
    private const int MakeNoAddress = 1;

    /// <summary>Prepares a link that is down, in the network namespace of the calling thread.</summary>
    /// <param name="name">The link.</param>
    /// <param name="carriesIPv6">Whether any address on it is IPv6. Without one, IPv6 is switched off: it would only chatter.</param>
    /// <exception cref="IOException">The kernel refused.</exception>
    /// <exception cref="UnauthorizedAccessException">/proc/sys is read-only here, or the right is missing.</exception>
    public static void Apply(string name, bool carriesIPv6)
    {
        // It hears every ARP question that the interface below hears, and answers for its own addresses alone, whatever the way to
        // who asks: that leads through the interface below, as do the clients' packets by the host's own routes.
        KernelSetting.Ensure(KernelSetting.IPv4(name, "arp_ignore"), ParentSettings.AnswerOwnOnly);
        KernelSetting.Ensure(KernelSetting.IPv4(name, "arp_filter"), 0);
        KernelSetting.Ensure(KernelSetting.IPv4(name, "rp_filter"), LooseReversePath);
        if (!KernelSetting.Exists(KernelSetting.IPv6(name, "disable_ipv6")))
        {
            // A kernel without IPv6: an IPv6 address is refused when it is bound.
            return;
        }

        KernelSetting.Ensure(KernelSetting.IPv6(name, "disable_ipv6"), carriesIPv6 ? 0 : 1);

        // RFC 9568 section 7.4: no interface identifier is made of the virtual MAC address, which every node has alike.
        KernelSetting.Ensure(KernelSetting.IPv6(name, "addr_gen_mode"), MakeNoAddress);
        KernelSetting.Ensure(KernelSetting.IPv6(name, "autoconf"), 0);
        KernelSetting.Ensure(KernelSetting.IPv6(name, "accept_ra"), 0);
        KernelSetting.Ensure(KernelSetting.IPv6(name, "accept_dad"), 0);
    }

    /// <summary>What the namespace has set for all interfaces and no interface can undo, so that nobody would be answered; null when nothing.</summary>
    /// <exception cref="IOException">The settings cannot be read.</exception>
    public static string? Obstacle()
    {
        if (KernelSetting.Read(KernelSetting.IPv4("all", "arp_filter")) != 0)
        {
            return "net.ipv4.conf.all.arp_filter=1 keeps it from answering ARP. Set it to 0";
        }

        return KernelSetting.Read(KernelSetting.IPv4("all", "arp_ignore")) > ParentSettings.AnswerOwnOnly
            ? "net.ipv4.conf.all.arp_ignore keeps it from answering ARP. Set it to 0 or 1"
            : null;
    }
}
