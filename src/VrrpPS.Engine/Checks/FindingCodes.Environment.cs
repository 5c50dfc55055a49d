namespace VrrpPS.Engine.Checks;

/// <summary>What is found on machines.</summary>
public static partial class FindingCodes
{
    /// <summary>Something could not be looked at.</summary>
    public const string NotLookedAt = nameof(NotLookedAt);

    /// <summary>A capability is missing.</summary>
    public const string MissingCapability = nameof(MissingCapability);

    /// <summary>The kernel is too old.</summary>
    public const string KernelTooOld = nameof(KernelTooOld);

    /// <summary>There is no such interface.</summary>
    public const string InterfaceMissing = nameof(InterfaceMissing);

    /// <summary>The interface is down or has no carrier.</summary>
    public const string InterfaceDown = nameof(InterfaceDown);

    /// <summary>The interface passes no multicast.</summary>
    public const string NoMulticast = nameof(NoMulticast);

    /// <summary>The interface has no address to send from.</summary>
    public const string NoSourceAddress = nameof(NoSourceAddress);

    /// <summary>A bridge that snoops multicast without anybody asking for memberships.</summary>
    public const string SnoopingWithoutQuerier = nameof(SnoopingWithoutQuerier);

    /// <summary>Firewall rules that would drop received advertisements and are bypassed.</summary>
    public const string FirewallInputBypassed = nameof(FirewallInputBypassed);

    /// <summary>Firewall rules that stop unicast advertisements.</summary>
    public const string FirewallStopsSending = nameof(FirewallStopsSending);

    /// <summary>Firewall rules that drop frames before anybody sees them.</summary>
    public const string FirewallStopsFrames = nameof(FirewallStopsFrames);

    /// <summary>A program (XDP, tc) looks at the packets first.</summary>
    public const string PacketProgram = nameof(PacketProgram);

    /// <summary>Secondary addresses go with their primary.</summary>
    public const string PromoteSecondariesOff = nameof(PromoteSecondariesOff);

    /// <summary>The kernel answers ARP for none of its addresses.</summary>
    public const string ArpIgnored = nameof(ArpIgnored);

    /// <summary>The kernel drops packets that came another way than it would answer.</summary>
    public const string StrictReversePath = nameof(StrictReversePath);

    /// <summary>Services cannot bind a virtual address while they are on a Backup.</summary>
    public const string NonlocalBindOff = nameof(NonlocalBindOff);

    /// <summary>IPv6 is switched off.</summary>
    public const string IPv6Disabled = nameof(IPv6Disabled);

    /// <summary>A duplicate address switches IPv6 off.</summary>
    public const string DuplicateDisablesIPv6 = nameof(DuplicateDisablesIPv6);

    /// <summary>systemd-networkd removes addresses that it did not set.</summary>
    public const string NetworkdRemovesAddresses = nameof(NetworkdRemovesAddresses);

    /// <summary>NetworkManager manages the interface.</summary>
    public const string NetworkManagerManages = nameof(NetworkManagerManages);

    /// <summary>A DHCP client whose script flushes addresses.</summary>
    public const string DhcpClientFlushes = nameof(DhcpClientFlushes);

    /// <summary>A keepalived runs here.</summary>
    public const string LocalKeepalived = nameof(LocalKeepalived);

    /// <summary>Somebody speaks for the virtual router id.</summary>
    public const string VirtualRouterIdInUse = nameof(VirtualRouterIdInUse);

    /// <summary>A virtual router id that nobody was heard to use.</summary>
    public const string FreeVirtualRouterId = nameof(FreeVirtualRouterId);

    /// <summary>No advertisement was heard.</summary>
    public const string HeardNobody = nameof(HeardNobody);

    /// <summary>An advertisement on the link is wrong.</summary>
    public const string AdvertisementProblem = nameof(AdvertisementProblem);

    /// <summary>This is a container.</summary>
    public const string Container = nameof(Container);

    /// <summary>A slow or unsteady clock.</summary>
    public const string SlowClockSource = nameof(SlowClockSource);

    /// <summary>The hypervisor gives the processor to others.</summary>
    public const string ProcessorStolen = nameof(ProcessorStolen);
}
