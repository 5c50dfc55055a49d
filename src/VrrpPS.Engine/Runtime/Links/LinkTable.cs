using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Runtime.Links;

/// <summary>Every interface of the loop's network namespace, as netlink tells it.</summary>
internal sealed class LinkTable
{
    private readonly Dictionary<int, Link> _byIndex = [];

    /// <summary>How many interfaces have been removed so far.</summary>
    public long Removals { get; private set; }

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
        // Both are asked for before anything is changed: half an answer would look like lost addresses.
        var links = netlink.GetLinks();
        var addresses = netlink.GetAddresses();
        foreach (int gone in _byIndex.Keys.Except(links.Select(static info => info.Index)).ToArray())
        {
            _byIndex.Remove(gone);
            Removals++;
        }

        foreach (var info in links)
        {
            // An interface that is still there keeps its object: routers recognize it by that.
            var link = GetOrAdd(info.Index);
            link.Name = info.Name;
            link.Flags = info.Flags;
            link.MacAddress = info.MacAddress;
            link.Mtu = info.Mtu;
            link.ClearAddresses();
        }

        foreach (var address in addresses)
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
                Removals++;
                break;
            case NetlinkChangeKind.AddressAdded:
                Find(change.InterfaceIndex)?.Put(change.Address);
                break;
            case NetlinkChangeKind.AddressRemoved:
                Find(change.InterfaceIndex)?.Remove(change.Address.Address, change.Address.PrefixLength);
                break;
        }
    }

    private Link GetOrAdd(int index)
    {
        if (!_byIndex.TryGetValue(index, out var link))
        {
            _byIndex.Add(index, link = new Link(index));
        }

        return link;
    }

    private void Change(in LinkOrAddressChange change)
    {
        var link = GetOrAdd(change.InterfaceIndex);
        if (!change.Name.Equals(link.Name))
        {
            link.Name = change.Name.ToString();
        }

        link.Flags = change.Flags;
        link.MacAddress = change.MacAddress;
        link.Mtu = change.Mtu;
    }
}
