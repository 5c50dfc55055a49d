using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Addresses;

/// <content>What the kernel and the guard are asked for.</content>
internal sealed partial class VirtualAddressSet
{
    private const byte LinkLocalPrefixLength = 64;

    private bool _guardedOnce;

    /// <summary>
    /// Appends what binds or renews one address, unless a foreign hand holds it. False when its interface is not there: an address
    /// that nobody tracks does without.
    /// </summary>
    public bool AppendBind(int index, AddressBatch batch)
    {
        ref var entry = ref _entries[index];
        if (entry.Link is not { } link)
        {
            return entry.Address.NoTrack;
        }

        if (FindForeign(entry) is { } present)
        {
            // Somebody else's now, whatever it was: not for the guard to remove.
            _guardedOnce |= entry.Guarded;
            entry.Guarded = false;
            entry.Holding = AddressHolding.Foreign;
            entry.PrefixLength = present.PrefixLength;
            return true;
        }

        byte prefixLength = PrefixLengthOn(link, entry.Address);
        if (entry.Holding == AddressHolding.Ours && entry.PrefixLength != prefixLength)
        {
            // The interface's own address is gone and ours would be the primary of its subnet: become a host address.
            batch.Delete(Assignment(link, entry));
        }

        _guardedOnce |= entry.Guarded && entry.PrefixLength != prefixLength;
        entry.PrefixLength = prefixLength;
        entry.Guarded = true;
        batch.Replace(Assignment(link, entry));
        return true;
    }

    /// <summary>Appends what binds or renews all addresses; false when the interface of a tracked one is not there.</summary>
    public bool AppendBindAll(AddressBatch batch)
    {
        bool complete = true;
        for (int i = 0; i < _entries.Length; i++)
        {
            complete &= AppendBind(i, batch);
        }

        return complete;
    }

    /// <summary>Appends what renews the addresses that are bound.</summary>
    /// <returns>Whether they are still of the same length: another one makes another address, which everybody must hear of.</returns>
    public bool AppendRenewals(AddressBatch batch)
    {
        bool areTheSame = true;
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Holding == AddressHolding.Ours)
            {
                byte before = _entries[i].PrefixLength;
                _ = AppendBind(i, batch);
                areTheSame &= _entries[i].PrefixLength == before;
            }
        }

        return areTheSame;
    }

    /// <summary>Appends what releases one address, if it is ours.</summary>
    public void AppendRelease(int index, AddressBatch batch)
    {
        ref var entry = ref _entries[index];
        if (entry is { Holding: AddressHolding.Ours, Link: { } link })
        {
            batch.Delete(Assignment(link, entry));
        }

        entry.Holding = AddressHolding.Unbound;
        entry.Guarded = false;
    }

    /// <summary>Whether the guard has been told of something since the last look that it must not remove any more, or not in that form.</summary>
    public bool TakeGuardedOnce()
    {
        bool any = _guardedOnce;
        _guardedOnce = false;
        return any;
    }

    /// <summary>Appends the addresses that the guard must remove should this process die: bound ones and those about to be.</summary>
    public void AppendGuarded(List<GuardedAddress> list)
    {
        foreach (ref var entry in _entries.AsSpan())
        {
            if (entry is { Guarded: true, Link: { } link } && GuardedAddress.IsGuardable(link.Name))
            {
                list.Add(new GuardedAddress(entry.Address.Address, entry.PrefixLength, link.Name) { Peer = entry.Address.Peer ?? default });
            }
        }
    }

    /// <summary>Whether the address at a position is on its interface by a foreign hand.</summary>
    public bool IsForeign(int index) => FindForeign(_entries[index]) is not null;

    private static AddressInfo? FindForeign(in Entry entry)
        => entry is { Link: { } link, Holding: not AddressHolding.Ours } && link.Find(entry.Address.Address) is { } present && present.Protocol != AddressProtocol.VrrpPS
            ? present
            : null;

    private byte PrefixLengthOn(Link link, VirtualAddress address)
    {
        if (MakesLinkLocalRoute(address))
        {
            return LinkLocalPrefixLength;
        }

        byte host = VirtualAddress.HostPrefixLength(address.Address.Family);
        if (!IsWide(address) || link.PromotesSecondaries != true)
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

    /// <summary>
    /// On the link of a virtual MAC address nothing makes the link-local route that answers from a link-local address take, and there is
    /// no foreign one to endanger: the address makes it.
    /// </summary>
    private bool MakesLinkLocalRoute(VirtualAddress address)
        => _hasOwnCarrier && address is { InterfaceName: null, Address: { Family: AddressFamily.IPv6, IsLinkLocal: true }, Peer: null };

    /// <summary>Whether an address asks for more than a host address, as far as that is ever given.</summary>
    private static bool IsWide(VirtualAddress address)
        => address is { Address.Family: AddressFamily.IPv4, PrefixLength: < 32, Peer: null };

    private AddressAssignment Assignment(Link link, in Entry entry)
    {
        var address = entry.Address;
        bool ipv6 = address.Address.Family == AddressFamily.IPv6;
        return new AddressAssignment(link.Index, address.Address, entry.PrefixLength)
        {
            ValidLifetime = _lifetime,
            PreferredLifetime = address.SkipAsSource || _isRefused ? 0 : AddressAssignment.Forever,
            Protocol = AddressProtocol.VrrpPS,
            Flags = (ipv6 ? AddressFlags.NoDuplicateDetection : AddressFlags.None)
                | (ipv6 && !MakesLinkLocalRoute(address) ? AddressFlags.NoPrefixRoute : AddressFlags.None)
                | (address.NoPrefixRoute ? AddressFlags.NoPrefixRoute : AddressFlags.None)
                | (address.HomeAddress ? AddressFlags.HomeAddress : AddressFlags.None),
            Label = address.Label,
            Broadcast = address.Broadcast ?? default,
            Scope = address.Scope,
            Peer = address.Peer ?? default,
        };
    }
}
