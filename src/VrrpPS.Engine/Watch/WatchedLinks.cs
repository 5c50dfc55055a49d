using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Watch;

/// <summary>
/// The links of one namespace, by index, and the group memberships that make snooping switches and network cards deliver
/// VRRP to them. For one thread.
/// </summary>
internal sealed class WatchedLinks : IDisposable
{
    private readonly AdvertWatchOptions _options;
    private readonly RouteNetlink _netlink = RouteNetlink.Open();
    private readonly Dictionary<int, List<RawVrrpSocket>> _memberships = [];
    private Dictionary<int, LinkInfo> _links = [];

    public WatchedLinks(AdvertWatchOptions options) => _options = options;

    /// <summary>The names of the links that are listened to, sorted.</summary>
    public VrrpList<string> Names
        => _memberships.Keys.Select(index => _links[index].Name).Order(StringComparer.Ordinal).ToVrrpList();

    /// <summary>The link, if it is one of those asked for.</summary>
    public LinkInfo? Find(int index) => _links.TryGetValue(index, out var link) && IsWanted(link) ? link : null;

    /// <summary>Whether the index is not known yet: a link that is younger than the last refresh.</summary>
    public bool IsNew(int index) => !_links.ContainsKey(index);

    /// <summary>Whether the frames of a link start with an Ethernet header; the loopback link's do.</summary>
    public static bool HasEthernetHeader(LinkInfo link) => link.MacAddress != default || (link.Flags & LinkFlags.Loopback) != LinkFlags.None;

    /// <summary>Lists the links again, joins on those that came up and leaves those that are gone.</summary>
    public void Refresh()
    {
        _links = _netlink.GetLinks().ToDictionary(static link => link.Index);
        foreach (int gone in _memberships.Keys.Where(index => Find(index) is not { IsUsable: true }).ToArray())
        {
            Leave(gone);
        }

        foreach (var link in _links.Values.Where(link => link.IsUsable && IsWanted(link) && !_memberships.ContainsKey(link.Index)))
        {
            _memberships.Add(link.Index, Join(link.Index));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (int index in _memberships.Keys.ToArray())
        {
            Leave(index);
        }

        _netlink.Dispose();
    }

    private bool IsWanted(LinkInfo link)
        => _options.InterfaceNames.Count == 0 ? link.MacAddress != default && (link.Flags & LinkFlags.Loopback) == LinkFlags.None : _options.MatchesInterface(link.Name);

    private void Leave(int index)
    {
        _ = _memberships.Remove(index, out var sockets);
        sockets?.ForEach(static socket => socket.Dispose());
    }

    private static List<RawVrrpSocket> Join(int index)
    {
        var sockets = new List<RawVrrpSocket>(2);
        foreach (var family in new[] { AddressFamily.IPv4, AddressFamily.IPv6 })
        {
            try
            {
                sockets.Add(RawVrrpSocket.OpenMembership(InetAddress.VrrpGroup(family), index));
            }
            catch (KernelException)
            {
                // A family that is switched off on the link, or a link that just went: what arrives is heard without it.
                continue;
            }
        }

        return sockets;
    }
}
