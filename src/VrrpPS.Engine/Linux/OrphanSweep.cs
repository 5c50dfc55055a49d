using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// Addresses that an engine left behind when it died. Only those with our mark (<see cref="AddressProtocol.VrrpPS"/>), only
/// those that a configuration names, and only under the <see cref="SpeakerLock"/> that shows their engine to be dead.
/// </summary>
public static class OrphanSweep
{
    /// <summary>The orphans among a configuration's addresses on an interface.</summary>
    /// <param name="netlink">A connection in the interface's namespace.</param>
    /// <param name="interfaceIndex">The interface.</param>
    /// <param name="addresses">The addresses that the configuration names. The prefix length does not matter: what is bound for a /24 may be a /32.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<AddressInfo> Find(RouteNetlink netlink, int interfaceIndex, IEnumerable<VirtualAddress> addresses)
    {
        var named = addresses.Select(static address => address.Address).ToHashSet();
        return [.. netlink.GetAddresses(interfaceIndex).Where(bound
            => bound.Protocol == AddressProtocol.VrrpPS && named.Contains(bound.Address))];
    }

    /// <summary>Removes the orphans among a configuration's addresses on the lock's interface; those that it removed.</summary>
    /// <param name="netlink">A connection in the interface's namespace.</param>
    /// <param name="speakerLock">The lock, which names the interface and the family.</param>
    /// <param name="addresses">The addresses that the configuration names.</param>
    /// <exception cref="InvalidOperationException">The lock was given up.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<AddressInfo> Remove(RouteNetlink netlink, SpeakerLock speakerLock, IEnumerable<VirtualAddress> addresses)
    {
        if (!speakerLock.IsHeld)
        {
            throw new InvalidOperationException("Orphans are swept under the speaker lock only.");
        }

        var removed = new List<AddressInfo>();
        foreach (var orphan in Find(netlink, speakerLock.InterfaceIndex, addresses))
        {
            if (orphan.Address.Family != speakerLock.Family)
            {
                continue;
            }

            // An engine that lives, for another virtual router, may have configured it, too: no orphan then.
            using var claim = AddressClaims.TryAcquire(speakerLock.InterfaceIndex, orphan.Address);
            if (claim is null)
            {
                continue;
            }

            try
            {
                netlink.DeleteAddress(orphan.InterfaceIndex, orphan.Address, orphan.PrefixLength);
                removed.Add(orphan);
            }
            catch (NetlinkException exception) when (exception.ErrorNumber == Errno.EADDRNOTAVAIL)
            {
                // Its lease ended between the listing and the removal: just as gone.
                continue;
            }
        }

        return removed;
    }
}
