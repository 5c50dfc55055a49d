using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.VirtualMacs;

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

        // An address that is not advertised may be of the other family; the instance that names it binds it all the same.
        var own = addresses.Where(address => address.Address.Family == speakerLock.Family || !address.Advertised);
        foreach (var orphan in own.GroupBy(static address => address.InterfaceName).SelectMany(group => FindOn(netlink, speakerLock, group)).ToArray())
        {
            // An engine that lives, for another virtual router, may have configured it, too: no orphan then.
            using var claim = AddressClaims.TryAcquire(orphan.InterfaceIndex, orphan.Address);
            if (claim is null)
            {
                continue;
            }

            try
            {
                netlink.DeleteAddress(new AddressAssignment(orphan.InterfaceIndex, orphan.Address, orphan.PrefixLength) { Peer = orphan.Peer });
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

    /// <summary>Removes routes and rules of a configuration that bear our mark; those that it removed, in words.</summary>
    /// <param name="netlink">A connection in the namespace.</param>
    /// <param name="speakerLock">The lock that shows their engine to be dead.</param>
    /// <param name="configuration">What names them.</param>
    /// <exception cref="InvalidOperationException">The lock was given up.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<string> RemoveRoutes(RouteNetlink netlink, SpeakerLock speakerLock, InstanceConfiguration configuration)
    {
        if (!speakerLock.IsHeld)
        {
            throw new InvalidOperationException("Orphans are swept under the speaker lock only.");
        }

        var removed = new List<string>();
        foreach (var rule in configuration.VirtualRules)
        {
            Remove(() => netlink.DeleteRule(rule), $"rule {rule}");
        }

        foreach (var route in configuration.VirtualRoutes)
        {
            Remove(() => netlink.DeleteRoute(route), $"route {route}");
        }

        return removed;

        void Remove(Action delete, string text)
        {
            try
            {
                delete();
                removed.Add(text);
            }
            catch (NetlinkException exception) when (exception.ErrorNumber is Errno.ESRCH or Errno.ENOENT or Errno.EAFNOSUPPORT)
            {
                // There is none of ours.
                return;
            }
        }
    }

    /// <summary>Removes the links that an engine made for the virtual MAC address of the lock's virtual router; their names.</summary>
    /// <param name="netlink">A connection in the namespace.</param>
    /// <param name="speakerLock">The lock that shows their engine to be dead.</param>
    /// <exception cref="InvalidOperationException">The lock was given up.</exception>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static IReadOnlyList<string> RemoveLinks(RouteNetlink netlink, SpeakerLock speakerLock)
        => speakerLock.IsHeld ? VirtualMacLink.Sweep(netlink, speakerLock) : throw new InvalidOperationException("Orphans are swept under the speaker lock only.");

    private static IReadOnlyList<AddressInfo> FindOn(
        RouteNetlink netlink, SpeakerLock speakerLock, IGrouping<string?, VirtualAddress> addresses)
    {
        int index = addresses.Key is { } name ? netlink.FindLink(name)?.Index ?? 0 : speakerLock.InterfaceIndex;
        return index == 0 ? [] : Find(netlink, index, addresses);
    }
}
