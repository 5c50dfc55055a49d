using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Addresses;

/// <summary>
/// The virtual addresses of one instance, the interface that carries each, and what the kernel has of them. Foreign addresses are
/// never endangered: an IPv4 address is bound as a host address unless the interface's own address is the primary of its subnet
/// already (a leased primary that expires takes its secondaries with it); an IPv6 address is always a host address without a
/// prefix route (a leased prefix shortens the router's own route).
/// </summary>
internal sealed partial class VirtualAddressSet
{
    private readonly Entry[] _entries;
    private readonly string _interfaceName;
    private readonly bool _hasOwnCarrier;
    private readonly uint _lifetime;

    /// <summary>Whether what is sent to the addresses is refused: as a source address they would only lose the answers.</summary>
    private readonly bool _isRefused;

    /// <summary>Nothing is bound yet, and no interface is known.</summary>
    /// <param name="configuration">The instance.</param>
    /// <param name="lease">The kernel lifetime in nanoseconds; zero for ever.</param>
    public VirtualAddressSet(InstanceConfiguration configuration, long lease)
    {
        _entries = [.. configuration.VirtualAddresses.Select(static address => new Entry { Address = address })];
        _interfaceName = configuration.InterfaceName;
        _hasOwnCarrier = configuration.VirtualMac is not null;
        _isRefused = configuration is { AcceptMode: false, Priority: not 255 };
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

    /// <summary>The interface that carries the address at a position; null while there is none. Nobody else decides this.</summary>
    public Link? LinkOf(int index) => _entries[index].Link;

    /// <summary>The name of the interface that carries the address at a position.</summary>
    public string InterfaceNameOf(int index) => InterfaceNameOf(_entries[index].Address);

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

    /// <summary>Whether an address on an interface is one of these.</summary>
    public bool Contains(InetAddress address, string interfaceName)
        => IndexOf(address) is >= 0 and int index && InterfaceNameOf(index) == interfaceName;

    /// <summary>
    /// Finds the interface of each address anew. What was bound to one that is now called otherwise is still there and appended to
    /// <paramref name="obsolete"/>; whether anything changed.
    /// </summary>
    /// <param name="links">The interfaces.</param>
    /// <param name="own">The interface of the addresses that name none, or null while there is none.</param>
    /// <param name="obsolete">Takes what must be released.</param>
    public bool Resolve(LinkTable links, Link? own, AddressBatch obsolete)
    {
        bool changed = false;
        for (int i = 0; i < _entries.Length; i++)
        {
            ref var entry = ref _entries[i];
            string name = InterfaceNameOf(entry.Address);
            var link = name == _interfaceName ? own : links.Find(name);
            if (link == entry.Link)
            {
                continue;
            }

            if (entry.Link is { } old && links.Find(old.Index) == old)
            {
                AppendRelease(i, obsolete);
            }

            entry.Link = link;
            entry.Holding = AddressHolding.Unbound;
            entry.Guarded = false;
            changed = true;
        }

        return changed;
    }

    /// <summary>Takes over what the previous set of a changed configuration had bound in the same way.</summary>
    public void Adopt(VirtualAddressSet previous)
    {
        foreach (ref var entry in _entries.AsSpan())
        {
            int index = previous.IndexOf(entry.Address.Address);
            if (index >= 0 && IsBoundLike(entry.Address, previous._entries[index].Address) && InterfaceNameOf(entry.Address) == previous.InterfaceNameOf(index))
            {
                entry.Link = previous._entries[index].Link;
                entry.Holding = previous._entries[index].Holding;
                entry.PrefixLength = previous._entries[index].PrefixLength;
                entry.Guarded = previous._entries[index].Guarded;
            }
        }
    }

    /// <summary>Whether the address at a position of the previous set is not taken over by this one: it must be released.</summary>
    public bool Abandons(VirtualAddressSet previous, int index)
    {
        int mine = IndexOf(previous[index].Address);
        return mine < 0 || !IsBoundLike(_entries[mine].Address, previous[index]) || InterfaceNameOf(mine) != previous.InterfaceNameOf(index);
    }

    /// <summary>The kernel has carried out a bind.</summary>
    public void MarkBound(int interfaceIndex, InetAddress address)
    {
        int index = IndexOf(address);
        if (index >= 0 && _entries[index].Holding != AddressHolding.Foreign && _entries[index].Link?.Index == interfaceIndex)
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
    public int MarkLost(int interfaceIndex, InetAddress address, byte prefixLength)
    {
        int index = IndexOf(address);
        if (index < 0 || _entries[index].Holding == AddressHolding.Unbound || _entries[index].PrefixLength != prefixLength
            || _entries[index].Link?.Index != interfaceIndex)
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

    /// <summary>Whether the address at a position asks for more than a host address.</summary>
    public bool IsWide(int index) => IsWide(_entries[index].Address);

    /// <summary>Whether an address on that interface asks for more than a host address.</summary>
    public bool WantsWideOn(Link link) => Array.Exists(_entries, entry => entry.Link == link && IsWide(entry.Address));

    /// <summary>Whether the interfaces have every advertised address already, by a foreign hand: what an owner claims (priority 255).</summary>
    public bool IsOwned
    {
        get
        {
            foreach (ref var entry in _entries.AsSpan())
            {
                if (entry.Address.Advertised && entry.Link?.Find(entry.Address.Address) is null or { Protocol: AddressProtocol.VrrpPS })
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Whether any address is held at the moment, by us or by a foreign hand.</summary>
    public bool HoldsAny => Array.Exists(_entries, static entry => entry.Holding != AddressHolding.Unbound);

    /// <summary>Whether any address is held on an interface at the moment.</summary>
    public bool HoldsAnyOn(Link link) => Array.Exists(_entries, entry => entry.Holding != AddressHolding.Unbound && entry.Link == link);

    /// <summary>Whether any address is on another interface than the instance's own.</summary>
    public bool HasOtherInterfaces
    {
        get
        {
            // Each router is asked with each event of the kernel, so nothing is allocated for it.
            foreach (ref readonly var entry in _entries.AsSpan())
            {
                if (InterfaceNameOf(entry.Address) != _interfaceName)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private string InterfaceNameOf(VirtualAddress address) => address.InterfaceName ?? _interfaceName;

    /// <summary>
    /// Whether what the kernel has of one serves the other. A renewal changes the lifetimes of a bound address and
    /// nothing else that can be relied on.
    /// </summary>
    private static bool IsBoundLike(VirtualAddress one, VirtualAddress other)
        => one.Label == other.Label && one.Broadcast == other.Broadcast && one.Peer == other.Peer
        && (one.Scope, one.NoPrefixRoute, one.HomeAddress) == (other.Scope, other.NoPrefixRoute, other.HomeAddress);

    private struct Entry
    {
        public VirtualAddress Address;
        public Link? Link;
        public AddressHolding Holding;
        public byte PrefixLength;
        public bool Guarded;
    }
}
