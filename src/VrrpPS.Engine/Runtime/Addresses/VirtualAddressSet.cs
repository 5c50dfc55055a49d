using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Addresses;

/// <summary>
/// The virtual addresses of one instance and what the kernel has of them. Foreign addresses are never endangered: an IPv4
/// address is bound as a host address unless the interface's own address is the primary of its subnet already (a leased
/// primary that expires takes its secondaries with it); an IPv6 address is always a host address without a prefix route
/// (a leased prefix shortens the router's own route).
/// </summary>
internal sealed class VirtualAddressSet
{
    private readonly Entry[] _entries;
    private readonly uint _lifetime;

    /// <summary>Nothing is bound yet.</summary>
    /// <param name="addresses">The configured addresses.</param>
    /// <param name="lease">The kernel lifetime in nanoseconds; zero for ever.</param>
    public VirtualAddressSet(IReadOnlyList<VirtualAddress> addresses, long lease)
    {
        _entries = [.. addresses.Select(static address => new Entry { Address = address })];
        _lifetime = lease > 0 ? (uint)(lease / Instant.NanosecondsPerSecond) : AddressAssignment.Forever;
    }

    /// <summary>How many addresses there are.</summary>
    public int Count => _entries.Length;

    /// <summary>The configured address at a position.</summary>
    public VirtualAddress this[int index] => _entries[index].Address;

    /// <summary>Who holds the address at a position.</summary>
    public AddressHolding Holding(int index) => _entries[index].Holding;

    /// <summary>The prefix length an address was bound with.</summary>
    public byte BoundPrefixLength(int index) => _entries[index].PrefixLength;

    /// <summary>The position of an address, or -1.</summary>
    public int IndexOf(InetAddress address)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Address.Address == address)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Takes over what the previous set of a changed configuration had bound.</summary>
    public void Adopt(VirtualAddressSet previous)
    {
        foreach (ref var entry in _entries.AsSpan())
        {
            int index = previous.IndexOf(entry.Address.Address);
            if (index >= 0)
            {
                entry.Holding = previous._entries[index].Holding;
                entry.PrefixLength = previous._entries[index].PrefixLength;
                entry.Guarded = previous._entries[index].Guarded;
            }
        }
    }

    /// <summary>Appends what binds or renews one address, unless a foreign hand holds it.</summary>
    public void AppendBind(int index, Link link, AddressBatch batch)
    {
        ref var entry = ref _entries[index];
        if (entry.Holding != AddressHolding.Ours && link.Find(entry.Address.Address) is { } present && present.Protocol != AddressProtocol.VrrpPS)
        {
            entry.Holding = AddressHolding.Foreign;
            entry.PrefixLength = present.PrefixLength;
            return;
        }

        byte prefixLength = PrefixLengthOn(link, entry.Address);
        if (entry.Holding == AddressHolding.Ours && entry.PrefixLength != prefixLength)
        {
            // The interface's own address is gone and ours would be the primary of its subnet: become a host address.
            batch.Delete(Assignment(link, entry));
        }

        entry.PrefixLength = prefixLength;
        entry.Guarded = true;
        batch.Replace(Assignment(link, entry));
    }

    /// <summary>Appends what binds or renews all addresses.</summary>
    public void AppendBindAll(Link link, AddressBatch batch)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            AppendBind(i, link, batch);
        }
    }

    /// <summary>Appends what renews the addresses that are bound.</summary>
    public void AppendRenewals(Link link, AddressBatch batch)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Holding == AddressHolding.Ours)
            {
                AppendBind(i, link, batch);
            }
        }
    }

    /// <summary>Appends what releases one address, if it is ours.</summary>
    public void AppendRelease(int index, Link link, AddressBatch batch)
    {
        ref var entry = ref _entries[index];
        if (entry.Holding == AddressHolding.Ours)
        {
            batch.Delete(Assignment(link, entry));
        }

        entry.Holding = AddressHolding.Unbound;
        entry.Guarded = false;
    }

    /// <summary>Appends the addresses that the guard must remove should this process die: bound ones and those about to be.</summary>
    public void AppendGuarded(Link link, List<GuardedAddress> list)
    {
        foreach (ref var entry in _entries.AsSpan())
        {
            if (entry.Guarded)
            {
                list.Add(new GuardedAddress(entry.Address.Address, entry.PrefixLength, link.Name));
            }
        }
    }

    /// <summary>The kernel has carried out a bind.</summary>
    public void MarkBound(InetAddress address)
    {
        int index = IndexOf(address);
        if (index >= 0 && _entries[index].Holding != AddressHolding.Foreign)
        {
            _entries[index].Holding = AddressHolding.Ours;
        }
    }

    /// <summary>The kernel has the address, whatever was heard about it before.</summary>
    public void MarkPresent(int index, byte prefixLength)
    {
        ref var entry = ref _entries[index];
        entry.Holding = AddressHolding.Ours;
        entry.PrefixLength = prefixLength;
        entry.Guarded = true;
    }

    /// <summary>The kernel no longer has the address; its position if it was bound, otherwise -1.</summary>
    public int MarkLost(InetAddress address, byte prefixLength)
    {
        int index = IndexOf(address);
        if (index < 0 || _entries[index].Holding == AddressHolding.Unbound || _entries[index].PrefixLength != prefixLength)
        {
            return -1;
        }

        _entries[index].Holding = AddressHolding.Unbound;
        return index;
    }

    /// <summary>Forgets all bindings: the interface is gone.</summary>
    public void MarkAllLost()
    {
        foreach (ref var entry in _entries.AsSpan())
        {
            entry.Holding = AddressHolding.Unbound;
            entry.Guarded = false;
        }
    }

    /// <summary>Whether an address asks for more than a host address, as far as that is ever given (IPv4).</summary>
    public bool WantsWide => Array.Exists(
        _entries, static entry => entry.Address.Address.Family == AddressFamily.IPv4 && entry.Address.PrefixLength < 32);

    /// <summary>Whether the interface has every address already, by a foreign hand: what an owner claims (priority 255).</summary>
    public bool IsOwnedBy(Link link)
    {
        foreach (ref var entry in _entries.AsSpan())
        {
            if (entry.Address.Advertised && link.Find(entry.Address.Address) is null or { Protocol: AddressProtocol.VrrpPS })
            {
                return false;
            }
        }

        return true;
    }

    private static byte PrefixLengthOn(Link link, VirtualAddress address)
    {
        byte host = VirtualAddress.HostPrefixLength(address.Address.Family);
        if (address.Address.Family == AddressFamily.IPv6 || address.PrefixLength == host || link.PromotesSecondaries != true)
        {
            return host;
        }

        // By index: at every renewal, and an enumerator behind the interface would be allocated.
        var addresses = link.Addresses;
        for (int i = 0; i < addresses.Count; i++)
        {
            var info = addresses[i];
            if (info.Protocol != AddressProtocol.VrrpPS
                && info.Address.Family == AddressFamily.IPv4
                && info.PrefixLength == address.PrefixLength
                && (info.Flags & AddressFlags.Secondary) == AddressFlags.None
                && info.Address.IsInSameSubnet(address.Address, address.PrefixLength))
            {
                return address.PrefixLength;
            }
        }

        return host;
    }

    private AddressAssignment Assignment(Link link, in Entry entry) => new(link.Index, entry.Address.Address, entry.PrefixLength)
    {
        ValidLifetime = _lifetime,
        Protocol = AddressProtocol.VrrpPS,
        Flags = entry.Address.Address.Family == AddressFamily.IPv6
            ? AddressFlags.NoDuplicateDetection | AddressFlags.NoPrefixRoute
            : AddressFlags.None,
    };

    private struct Entry
    {
        public VirtualAddress Address;
        public AddressHolding Holding;
        public byte PrefixLength;
        public bool Guarded;
    }
}
