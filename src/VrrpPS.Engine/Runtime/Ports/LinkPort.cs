using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Ports;

/// <summary>
/// The sockets of one family on one interface, shared by all its virtual routers: one packet socket that hears
/// advertisements past any firewall, one that hears announcements, and one ordinary raw socket that holds the group membership
/// and keeps the kernel from answering unicast peers with ICMP.
/// </summary>
internal sealed class LinkPort : IDisposable
{
    private readonly RouterHost?[] _routers = new RouterHost?[256];
    private readonly PacketSocket _advertisements;
    private readonly PacketSocket _announcements;
    private readonly RawVrrpSocket _membership;
    private int _count;

    /// <summary>Opens the sockets in the calling thread's network namespace.</summary>
    /// <exception cref="Linux.KernelException">The kernel refused one.</exception>
    public LinkPort(int interfaceIndex, AddressFamily family, int token)
    {
        InterfaceIndex = interfaceIndex;
        Family = family;
        Token = token;
        _membership = RawVrrpSocket.OpenMembership(family, interfaceIndex);
        try
        {
            bool ipv4 = family == AddressFamily.IPv4;
            _advertisements = PacketSocket.OpenReceiver(new PacketSocketOptions
            {
                InterfaceIndex = interfaceIndex,
                EtherType = ipv4 ? EtherType.IPv4 : EtherType.IPv6,
                Filter = Filters.VrrpReceive(family),
            });
            _announcements = PacketSocket.OpenReceiver(new PacketSocketOptions
            {
                InterfaceIndex = interfaceIndex,
                EtherType = ipv4 ? EtherType.Arp : EtherType.IPv6,
                Filter = Filters.AnnouncementReceive(family),
            });
        }
        catch
        {
            _membership.Dispose();
            _advertisements?.Dispose();
            throw;
        }
    }

    /// <summary>The interface.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The family.</summary>
    public AddressFamily Family { get; }

    /// <summary>What the poll reports for <see cref="AdvertisementDescriptor"/>; plus one for <see cref="AnnouncementDescriptor"/>.</summary>
    public int Token { get; }

    /// <summary>Packets that the IP layer would have refused.</summary>
    public long IPHeaderErrors { get; set; }

    /// <summary>Packets of virtual routers that nobody here belongs to.</summary>
    public long ForeignRouters { get; set; }

    public int AdvertisementDescriptor => _advertisements.FileDescriptor;

    public int AnnouncementDescriptor => _announcements.FileDescriptor;

    /// <summary>Whether no router is left that needs the sockets.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>The places of all virtual routers; most are empty.</summary>
    public ReadOnlySpan<RouterHost?> Routers => _routers;

    /// <summary>The router of a VRID, or null.</summary>
    public RouterHost? Find(byte virtualRouterId) => _routers[virtualRouterId];

    public void Add(RouterHost router)
    {
        _routers[router.Configuration.VirtualRouterId] = router;
        _count++;
    }

    public void Remove(RouterHost router)
    {
        if (_routers[router.Configuration.VirtualRouterId] == router)
        {
            _routers[router.Configuration.VirtualRouterId] = null;
            _count--;
        }
    }

    /// <summary>Takes waiting advertisements; how many.</summary>
    public int ReceiveAdvertisements(PacketReceiveBatch batch) => _advertisements.Receive(batch);

    /// <summary>Takes waiting announcements; how many.</summary>
    public int ReceiveAnnouncements(PacketReceiveBatch batch) => _announcements.Receive(batch);

    public void Dispose()
    {
        _advertisements.Dispose();
        _announcements.Dispose();
        _membership.Dispose();
    }
}
