using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.VirtualMacs;

/// <summary>
/// The link that has an instance's virtual MAC address and carries its addresses: a macvlan in private mode, made when the interface
/// below appears and removed with the instance. It is up only while addresses are on it. A Backup's that is up takes frames that are
/// the Master's, and whatever it says by itself (MLD reports, say) makes switches send the Master's traffic here.
/// Used on the namespace's thread, under the speaker lock.
/// </summary>
internal sealed class VirtualMacLink
{
    private readonly InstanceConfiguration _configuration;
    private readonly int _parentIndex;
    private readonly int _leftover;
    private readonly VirtualMacTag _tag;

    private VirtualMacLink(InstanceConfiguration configuration, int parentIndex, VirtualMacTag tag, int leftover)
    {
        _configuration = configuration;
        _parentIndex = parentIndex;
        _tag = tag;
        _leftover = leftover;
        Name = configuration.VirtualMac!.NameFor(configuration);
        Address = configuration.VirtualMac.AddressFor(configuration);
    }

    /// <summary>The link's name.</summary>
    public string Name { get; }

    /// <summary>The virtual MAC address.</summary>
    public MacAddress Address { get; }

    /// <summary>The link's index; 0 until it is made.</summary>
    public int Index { get; private set; }

    /// <summary>Whether the link was put up, and nobody has put it down since.</summary>
    public bool IsRaised { get; private set; }

    /// <summary>
    /// Looks whether the link can be made, and removes what a dead engine left in its way. Nothing is made yet: the guard has to know
    /// first what it would have to remove.
    /// </summary>
    /// <exception cref="VrrpException">VirtualMacImpossible: the name is somebody else's, or settings stand against it.</exception>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static VirtualMacLink Plan(RouteNetlink netlink, SpeakerLock speaker, InstanceConfiguration configuration)
    {
        var links = netlink.GetLinks();
        string name = configuration.VirtualMac!.NameFor(configuration);
        int leftover = 0;
        foreach (var link in links)
        {
            bool isMine = IsTagged(link, out var tag) && link.LowerIndex == speaker.InterfaceIndex
                && tag.Family == speaker.Family && tag.VirtualRouterId == speaker.VirtualRouterId;
            if (isMine && link.Name == name && link.MacAddress == configuration.VirtualMac.AddressFor(configuration))
            {
                leftover = link.Index;
            }
            else if (isMine || (link.Name == name && IsOrphan(link)))
            {
                Delete(netlink, link.Index);
            }
            else if (link.Name == name)
            {
                throw VrrpErrors.VirtualMacImpossible(configuration.Name, name, IsTagged(link, out _)
                    ? "another virtual router has its own on a link of that name. Choose another name with -VirtualMacName"
                    : $"there is a link of that name already. Remove it (ip link delete {name}) if nobody needs it, or choose another name with -VirtualMacName");
            }
        }

        if (Attempt(configuration, CarrierSettings.Obstacle) is { } obstacle)
        {
            throw VrrpErrors.VirtualMacImpossible(configuration.Name, name, obstacle);
        }

        // Those who came before have noted what was set before them.
        var before = links.Where(link => link.LowerIndex == speaker.InterfaceIndex && IsTagged(link, out _))
            .Select(static link => IsTagged(link, out var tag) ? tag.Before : default(ParentSettings?))
            .FirstOrDefault() ?? Attempt(configuration, () => ParentSettings.Read(configuration.InterfaceName));
        return new VirtualMacLink(configuration, speaker.InterfaceIndex, new VirtualMacTag(speaker.Family, speaker.VirtualRouterId, before), leftover);
    }

    /// <summary>Makes the link, down, or takes over the one that a dead engine left; sets what it and the interface below need.</summary>
    /// <exception cref="VrrpException">VirtualMacImpossible: the kernel has no such links, or the settings cannot be made.</exception>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public void Establish(RouteNetlink netlink)
    {
        if (_leftover != 0)
        {
            Index = _leftover;
            netlink.SetLinkDown(Index);
            foreach (var address in netlink.GetAddresses(Index))
            {
                Forget(netlink, address);
            }
        }
        else
        {
            try
            {
                netlink.CreateMacvlan(Name, _parentIndex, Address);
            }
            catch (NetlinkException exception) when (exception.ErrorNumber is not (Errno.EPERM or Errno.ENODEV))
            {
                throw VrrpErrors.VirtualMacImpossible(_configuration.Name, Name, $"{exception.Message.TrimEnd('.')}. It needs an Ethernet interface and a kernel with macvlan (modprobe macvlan)");
            }

            Index = netlink.FindLink(Name)?.Index ?? throw new KernelException($"find the new link '{Name}'", Errno.ENODEV);
            netlink.SetLinkAlias(Index, _tag.ToString());
        }

        _ = Attempt(_configuration, () =>
        {
            CarrierSettings.Apply(Name, _configuration.VirtualAddresses.Any(static address => address.Address.Family == AddressFamily.IPv6 && address.InterfaceName is null));
            ParentSettings.Apply(_configuration.InterfaceName);
            return true;
        });
    }

    /// <summary>Puts the link up, before the first address is bound to it.</summary>
    /// <exception cref="KernelException">The kernel refused; EADDRINUSE when another link of the interface has the same MAC address.</exception>
    public void Raise(RouteNetlink netlink)
    {
        if (!IsRaised)
        {
            netlink.SetLinkUp(Index);
            IsRaised = true;
        }
    }

    /// <summary>Puts the link down, after the last address has gone from it.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public void Lower(RouteNetlink netlink)
    {
        if (IsRaised)
        {
            IsRaised = false;
            netlink.SetLinkDown(Index);
        }
    }

    /// <summary>Somebody else has put the link down.</summary>
    public void NoteLowered() => IsRaised = false;

    /// <summary>Makes the settings of the interface below once more: another engine that left may have put them back.</summary>
    public void KeepSettings() => Attempt(_configuration, () =>
    {
        ParentSettings.Apply(_configuration.InterfaceName);
        return true;
    });

    /// <summary>Removes the link, and with the last one of the interface below puts back what that had set.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public void Remove(RouteNetlink netlink)
    {
        IsRaised = false;
        if (Index != 0)
        {
            Delete(netlink, Index);
            Index = 0;
        }

        RestoreParent(netlink, _parentIndex, _tag.Before);
    }

    /// <summary>What the guard must do should this process die: first the settings, so that another engine that hears of the removed link sees them put back.</summary>
    public IEnumerable<string> GuardCommands()
    {
        if (!GuardedAddress.IsGuardable(Name) || !GuardedAddress.IsGuardable(_configuration.InterfaceName))
        {
            return [];
        }

        return _tag.Before.RestoreCommands(_configuration.InterfaceName).Append($"link delete {Name}");
    }

    /// <summary>Removes the links that a dead engine left for a virtual router; their names.</summary>
    /// <param name="netlink">A connection in the namespace.</param>
    /// <param name="speaker">The lock that shows the engine to be dead.</param>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static IReadOnlyList<string> Sweep(RouteNetlink netlink, SpeakerLock speaker)
    {
        var removed = new List<string>();
        foreach (var link in netlink.GetLinks())
        {
            if (IsTagged(link, out var tag) && tag.VirtualRouterId == speaker.VirtualRouterId && Remove(netlink, speaker, link))
            {
                removed.Add(link.Name);
            }
        }

        return removed;
    }

    /// <summary>Removes a link that a dead engine left on the lock's interface for the lock's family; whether it is such a link.</summary>
    /// <param name="netlink">A connection in the namespace.</param>
    /// <param name="speaker">The lock that shows the engine to be dead: its own, or with all the others of the interface.</param>
    /// <param name="link">The link.</param>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static bool Remove(RouteNetlink netlink, SpeakerLock speaker, LinkInfo link)
    {
        if (link.LowerIndex != speaker.InterfaceIndex || !IsTagged(link, out var tag) || tag.Family != speaker.Family)
        {
            return false;
        }

        Delete(netlink, link.Index);
        RestoreParent(netlink, link.LowerIndex, tag.Before);
        return true;
    }

    /// <summary>Whether a link is one that an engine made for a virtual MAC address.</summary>
    public static bool IsTagged(LinkInfo link, out VirtualMacTag tag)
    {
        tag = default;
        return link.Kind == "macvlan" && VirtualMacTag.TryParse(link.Alias, out tag);
    }

    private static bool IsOrphan(LinkInfo link)
    {
        if (!IsTagged(link, out var tag))
        {
            return false;
        }

        try
        {
            SpeakerLock.Acquire(link.Name, link.LowerIndex, tag.Family, tag.VirtualRouterId).Dispose();
            return true;
        }
        catch (VrrpException)
        {
            return false;
        }
    }

    private static void Forget(RouteNetlink netlink, in AddressInfo address)
    {
        try
        {
            netlink.DeleteAddress(new AddressAssignment(address.InterfaceIndex, address.Address, address.PrefixLength) { Peer = address.Peer });
        }
        catch (NetlinkException exception) when (exception.ErrorNumber == Errno.EADDRNOTAVAIL)
        {
            // Its lease ended between the listing and the removal: just as gone.
            return;
        }
    }

    private static void RestoreParent(RouteNetlink netlink, int parentIndex, ParentSettings before)
    {
        var links = netlink.GetLinks();
        if (!links.Any(link => link.LowerIndex == parentIndex && IsTagged(link, out _))
            && links.FirstOrDefault(link => link.Index == parentIndex) is { } parent)
        {
            before.Restore(parent.Name);
        }
    }

    private static void Delete(RouteNetlink netlink, int index)
    {
        try
        {
            netlink.DeleteLink(index);
        }
        catch (NetlinkException exception) when (exception.ErrorNumber == Errno.ENODEV)
        {
            // It went with the interface below.
            return;
        }
    }

    private static T Attempt<T>(InstanceConfiguration configuration, Func<T> function)
    {
        try
        {
            return function();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw VrrpErrors.VirtualMacImpossible(
                configuration.Name,
                configuration.VirtualMac!.NameFor(configuration),
                $"{exception.Message.TrimEnd('.')}. Where /proc/sys is read-only (a container), have net.ipv4.conf.{configuration.InterfaceName}.arp_ignore=1, .arp_announce=2 and net.*.conf.default set from outside");
        }
    }
}
