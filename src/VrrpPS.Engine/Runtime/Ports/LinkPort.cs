using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Ports;

/// <summary>
/// The sockets of one family on one interface, shared by all its virtual routers: one packet socket that hears
/// advertisements past any firewall, one that hears announcements, one that only counts foreign virtual routers, and one ordinary
/// raw socket that holds the group membership and keeps the kernel from answering unicast peers with ICMP. The kernel's filters
/// let through what concerns these routers and nothing else: other people's traffic wakes nobody.
/// </summary>
internal sealed class LinkPort : IDisposable
{
    private readonly RouterHost?[] _routers = new RouterHost?[256];
    private readonly PacketSocket _advertisements;
    private readonly PacketSocket _announcements;
    private readonly ForeignRouterCounter? _foreign;
    private readonly RawVrrpSocket? _membership;
    private RawVrrpSocket? _authenticated;
    private RouterHost[] _list = [];

    /// <summary>Opens the sockets in the calling thread's network namespace.</summary>
    /// <exception cref="KernelException">The kernel refused one.</exception>
    public LinkPort(int interfaceIndex, AddressFamily family, int token)
        : this(interfaceIndex, interfaceIndex, family, default, token)
    {
    }

    /// <summary>
    /// Opens the sockets on the link of a virtual MAC address. While it is up, the kernel hands what a peer sends from the same MAC address
    /// to it alone; what others send reaches the interface below, which has the memberships.
    /// </summary>
    /// <exception cref="KernelException">The kernel refused one.</exception>
    public LinkPort(int interfaceIndex, int baseIndex, AddressFamily family, MacAddress virtualMac, int token)
    {
        InterfaceIndex = interfaceIndex;
        BaseIndex = baseIndex;
        VirtualMac = virtualMac;
        Family = family;
        Token = token;
        _membership = IsVirtual ? null : RawVrrpSocket.OpenMembership(InetAddress.VrrpGroup(family), interfaceIndex);
        try
        {
            bool ipv4 = family == AddressFamily.IPv4;
            _advertisements = PacketSocket.OpenReceiver(new PacketSocketOptions
            {
                InterfaceIndex = interfaceIndex,
                EtherType = ipv4 ? EtherType.IPv4 : EtherType.IPv6,
                Filter = Filters.Nothing,
            });
            _announcements = PacketSocket.OpenReceiver(new PacketSocketOptions
            {
                InterfaceIndex = interfaceIndex,
                EtherType = ipv4 ? EtherType.Arp : EtherType.IPv6,
                Filter = Filters.Nothing,
            });
            _foreign = IsVirtual ? null : new ForeignRouterCounter(interfaceIndex, family);
        }
        catch
        {
            _membership?.Dispose();
            _advertisements?.Dispose();
            _announcements?.Dispose();
            throw;
        }
    }

    /// <summary>The interface.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The interface whose addresses are the host's own: the one below the link of a virtual MAC address, otherwise the same.</summary>
    public int BaseIndex { get; }

    /// <summary>The MAC address of the link; <c>default</c> for an interface that is none for a virtual MAC address.</summary>
    public MacAddress VirtualMac { get; }

    /// <summary>Whether this is the link of a virtual MAC address.</summary>
    public bool IsVirtual => InterfaceIndex != BaseIndex;

    /// <summary>The family.</summary>
    public AddressFamily Family { get; }

    /// <summary>What the poll reports for <see cref="AdvertisementDescriptor"/>; plus one for <see cref="AnnouncementDescriptor"/>.</summary>
    public int Token { get; }

    /// <summary>Packets that the IP layer would have refused.</summary>
    public long IPHeaderErrors { get; set; }

    /// <summary>Packets of virtual routers that nobody here belongs to; from any thread.</summary>
    public long ForeignRouters => _foreign?.Count ?? 0;

    public int AdvertisementDescriptor => _advertisements.FileDescriptor;

    public int AnnouncementDescriptor => _announcements.FileDescriptor;

    /// <summary>How advertisements are listened to.</summary>
    public ReceivePace AdvertisementPace { get; } = new();

    /// <summary>How announcements are listened to.</summary>
    public ReceivePace AnnouncementPace { get; } = new();

    /// <summary>Whether no router is left that needs the sockets.</summary>
    public bool IsEmpty => _list.Length == 0;

    /// <summary>All routers of this port.</summary>
    public ReadOnlySpan<RouterHost> Routers => _list;

    /// <summary>The router of a VRID, or null.</summary>
    public RouterHost? Find(byte virtualRouterId) => _routers[virtualRouterId];

    /// <summary>Takes a router in; from now on its packets are heard.</summary>
    /// <exception cref="KernelException">The kernel refused the filter.</exception>
    public void Add(RouterHost router)
    {
        _routers[router.Configuration.VirtualRouterId] = router;
        _list = [.. _routers.OfType<RouterHost>()];
        Narrow();
    }

    public void Remove(RouterHost router)
    {
        if (_routers[router.Configuration.VirtualRouterId] == router)
        {
            _routers[router.Configuration.VirtualRouterId] = null;
            _list = [.. _routers.OfType<RouterHost>()];
            _ = IsEmpty || TryNarrow();
        }
    }

    /// <summary>As <see cref="Narrow"/>; false when the kernel refused. The filters stay as they were then: what a new router needs is missing, what a removed one needed is too much and refused by whoever reads it.</summary>
    public bool TryNarrow()
    {
        try
        {
            Narrow();
            return true;
        }
        catch (KernelException)
        {
            return false;
        }
    }

    /// <summary>Lets through what concerns the routers of this port; called when they or their addresses have changed.</summary>
    /// <exception cref="KernelException">The kernel refused a filter.</exception>
    private void Narrow()
    {
        byte[] ids = [.. _list.Select(static router => (byte)router.Configuration.VirtualRouterId)];
        InetAddress[] addresses = [.. _list.SelectMany(HeardAddresses).Distinct()];
        AdvertisementPace.Slack = _list.Min(static router => ElectionTimers.GreatestSlack(router.Configuration.AdvertisementInterval));
        _advertisements.Attach(Filters.VrrpReceive(Family, ids));
        _announcements.Attach(Filters.AnnouncementReceive(Family, addresses));
        _foreign?.Narrow(ids);
        if (!IsVirtual && _list.Any(static router => router.UsesAuthenticationHeader))
        {
            _authenticated ??= RawVrrpSocket.OpenAuthenticated(InterfaceIndex);
        }
        else
        {
            _authenticated?.Dispose();
            _authenticated = null;
        }
    }

    /// <summary>Addresses of the other family, or on other interfaces, are announced where nobody here listens.</summary>
    private IEnumerable<InetAddress> HeardAddresses(RouterHost router) => router.Configuration.VirtualAddresses
        .Where(address => address.Address.Family == Family && (address.InterfaceName is null || address.InterfaceName == router.Configuration.InterfaceName))
        .Select(static address => address.Address);

    /// <summary>Takes waiting advertisements; how many.</summary>
    public int ReceiveAdvertisements(PacketReceiveBatch batch) => _advertisements.Receive(batch);

    /// <summary>Takes waiting announcements; how many.</summary>
    public int ReceiveAnnouncements(PacketReceiveBatch batch) => _announcements.Receive(batch);

    public void Dispose()
    {
        _advertisements.Dispose();
        _announcements.Dispose();
        _foreign?.Dispose();
        _membership?.Dispose();
        _authenticated?.Dispose();
    }
}
