using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Links;

/// <summary>What the loop knows of one interface: kept current by netlink events, never asked for on the packet path.</summary>
internal sealed class Link(int index)
{
    private readonly List<AddressInfo> _addresses = [];
    private InetAddress[] _ipv4 = [];
    private InetAddress[] _ipv6 = [];

    public int Index { get; } = index;

    public string Name
    {
        get;
        set
        {
            field = value;
            PromotionPath = SecondaryPromotion.PathOf(value);
        }
    } = string.Empty;

    /// <summary>Where the kernel keeps this interface's promote_secondaries.</summary>
    public string PromotionPath { get; private set; } = string.Empty;

    public LinkFlags Flags { get; set; }

    public MacAddress MacAddress { get; set; }

    public int Mtu { get; set; } = 1500;

    /// <summary>
    /// Whether the end of a primary address leaves its secondary ones alone, so that ours may be wider than a host address;
    /// null until somebody has looked (<see cref="SecondaryPromotion"/>).
    /// </summary>
    public bool? PromotesSecondaries { get; set; }

    /// <summary>When somebody last looked whether it still does.</summary>
    public Instant PromotionSeenAt { get; set; }

    /// <summary>Whether the interface is enabled and passes packets.</summary>
    public bool IsUsable => (Flags & (LinkFlags.Up | LinkFlags.Running)) == (LinkFlags.Up | LinkFlags.Running);

    /// <summary>All addresses, in the kernel's order.</summary>
    public IReadOnlyList<AddressInfo> Addresses => _addresses;

    /// <summary>
    /// The host's own addresses of one family, for the receive checks. A virtual address that we serve is none of them: its
    /// owner, when it comes back, advertises from it.
    /// </summary>
    public ReadOnlySpan<InetAddress> AddressesOf(AddressFamily family) => family == AddressFamily.IPv4 ? _ipv4 : _ipv6;

    /// <summary>The entry of an address, whatever its prefix.</summary>
    public AddressInfo? Find(InetAddress address)
    {
        foreach (var info in _addresses)
        {
            if (info.Address == address)
            {
                return info;
            }
        }

        return null;
    }

    /// <summary>Adds or updates an address. A mere renewal allocates nothing.</summary>
    public void Put(in AddressInfo info)
    {
        for (int i = 0; i < _addresses.Count; i++)
        {
            if (_addresses[i].Address == info.Address && _addresses[i].PrefixLength == info.PrefixLength)
            {
                bool changesHands = _addresses[i].Protocol != info.Protocol;
                _addresses[i] = info;
                if (changesHands)
                {
                    Rebuild();
                }

                return;
            }
        }

        _addresses.Add(info);
        if (IsHosts(info))
        {
            Rebuild();
        }
    }

    /// <summary>Forgets an address; whether it was known.</summary>
    public bool Remove(InetAddress address, byte prefixLength)
    {
        for (int i = 0; i < _addresses.Count; i++)
        {
            if (_addresses[i].Address == address && _addresses[i].PrefixLength == prefixLength)
            {
                bool wasHosts = IsHosts(_addresses[i]);
                _addresses.RemoveAt(i);
                if (wasHosts)
                {
                    Rebuild();
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets all addresses, before they are read anew.</summary>
    public void ClearAddresses()
    {
        _addresses.Clear();
        Rebuild();
    }

    /// <summary>
    /// The address to send from: the configured one if the interface has it, otherwise the first IPv4 address that is not one of
    /// ours (RFC 9568 section 5.1.1.1) or the link-local IPv6 address (section 5.1.2.1; to unicast peers, the first of their
    /// scope, because that is the address they list as their peer). None when there is none yet.
    /// </summary>
    public InetAddress SourceFor(InstanceConfiguration configuration)
    {
        var family = configuration.AddressFamily;
        bool linkLocal = configuration.UnicastPeers.Count == 0 || configuration.UnicastPeers[0].IsLinkLocal;
        foreach (var info in _addresses)
        {
            bool candidate = configuration.SourceAddress is { } wanted
                ? info.Address == wanted
                : info.Address.Family == family
                    && info.Protocol != AddressProtocol.VrrpPS
                    && (family == AddressFamily.IPv4 || info.Address.IsLinkLocal == linkLocal);
            if (candidate && (info.Flags & (AddressFlags.Tentative | AddressFlags.DuplicateDetected)) == AddressFlags.None)
            {
                return info.Address;
            }
        }

        return default;
    }

    private void Rebuild()
    {
        _ipv4 = OwnOf(AddressFamily.IPv4);
        _ipv6 = OwnOf(AddressFamily.IPv6);
    }

    /// <summary>Whether an address is the host's own, not one that we serve.</summary>
    private static bool IsHosts(in AddressInfo info) => info.Protocol != AddressProtocol.VrrpPS;

    private InetAddress[] OwnOf(AddressFamily family)
        => [.. _addresses.Where(info => info.Address.Family == family && IsHosts(info)).Select(static info => info.Address)];
}
