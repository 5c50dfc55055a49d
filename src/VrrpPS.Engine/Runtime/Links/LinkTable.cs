using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Runtime.Links;

/// <summary>Every interface of the loop's network namespace, as netlink tells it.</summary>
internal sealed class LinkTable
{
    private readonly Dictionary<int, Link> _byIndex = [];

    /// <summary>The interface of that index, or null.</summary>
    public Link? Find(int index) => _byIndex.GetValueOrDefault(index);

    /// <summary>The interface of that name, or null.</summary>
    public Link? Find(string name)
    {
        foreach (var link in _byIndex.Values)
        {
            if (string.Equals(link.Name, name, StringComparison.Ordinal))
            {
                return link;
            }
        }

        return null;
    }

    /// <summary>Reads everything anew: at the start, and when events were lost.</summary>
    public void Reload(RouteNetlink netlink)
    {
        _byIndex.Clear();
        foreach (var info in netlink.GetLinks())
        {
            _byIndex.Add(info.Index, new Link(info.Index)
            {
                Name = info.Name,
                Flags = info.Flags,
                MacAddress = info.MacAddress,
                Mtu = info.Mtu,
            });
        }

        foreach (var address in netlink.GetAddresses())
        {
            Find(address.InterfaceIndex)?.Put(address);
        }
    }

    /// <summary>Takes one event in.</summary>
    public void Apply(in LinkOrAddressChange change)
    {
        switch (change.Kind)
        {
            case NetlinkChangeKind.LinkChanged:
                Change(change);
                break;
            case NetlinkChangeKind.LinkRemoved:
                _byIndex.Remove(change.InterfaceIndex);
                break;
            case NetlinkChangeKind.AddressAdded:
                Find(change.InterfaceIndex)?.Put(change.Address);
                break;
            case NetlinkChangeKind.AddressRemoved:
                Find(change.InterfaceIndex)?.Remove(change.Address.Address, change.Address.PrefixLength);
                break;
        }
    }

    private void Change(in LinkOrAddressChange change)
    {
        if (!_byIndex.TryGetValue(change.InterfaceIndex, out var link))
        {
            _byIndex.Add(change.InterfaceIndex, link = new Link(change.InterfaceIndex));
        }

        if (!change.Name.Equals(link.Name))
        {
            link.Name = change.Name.ToString();
        }

        link.Flags = change.Flags;
        link.MacAddress = change.MacAddress;
        link.Mtu = change.Mtu;
    }
}
