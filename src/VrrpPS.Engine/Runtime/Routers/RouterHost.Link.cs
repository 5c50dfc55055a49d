using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Engine.Runtime.Ports;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>The interface below: appears, goes down, changes its addresses, disappears and comes back with another index.</content>
internal sealed partial class RouterHost
{
    /// <summary>How often an interface that could not be used (another speaker holds it) is tried again.</summary>
    private const long AttachRetryDelay = Instant.NanosecondsPerSecond;

    private const int AttachKey = 1003;
    private const int BuildKey = 1004;

    private Instant _versionMismatchUntil = Instant.Never;
    private Instant _attachAgainAt = Instant.Never;
    private Instant _buildAgainAt = Instant.Never;
    private FaultReasons _attachProblem;

    /// <summary>Whether the router hears through a port.</summary>
    public bool Uses(LinkPort port) => _port == port || _virtualPort == port;

    /// <summary>The kernel no longer lets the router hear: it leaves the election and opens its sockets anew a little later.</summary>
    public void OnPortFailed(KernelException exception, Instant now)
    {
        _attachAgainAt = now + AttachRetryDelay;
        _attachProblem = FaultReasons.CannotSpeak;
        Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
        UpdateFaults(now);
        Detach();
    }

    /// <summary>Something about interfaces or addresses has changed; called after all waiting events were taken in.</summary>
    public void OnLinksChanged(Instant now)
    {
        LookAtLinks(now);
        RestoreAddresses(now);
        _announcing.LookAgain(now);
    }

    private void LookAtLinks(Instant now)
    {
        if (_loop.Links.Find(Configuration.InterfaceName) != Link || IsCarrierLost)
        {
            Reattach(now);
        }
        else
        {
            Refresh(now);
            KeepCarrier(now);
        }
    }

    private void Reattach(Instant now)
    {
        // What we bound to an interface that was renamed is still there under its new name, and on others beside it.
        Release([]);
        Detach();
        Addresses.MarkAllLost();

        // What is on an interface of that name from now on is not ours until we bind it again.
        _loop.GuardChanged();
        Attach(now);
        OnGuardChanged(now);
    }

    /// <summary>The kernel says that an address is gone. Only noted here: the events behind it may say that it is back.</summary>
    public void NoteAddressRemoved(in AddressInfo info)
    {
        if (Addresses.MarkLost(info.InterfaceIndex, info.Address, info.PrefixLength) >= 0)
        {
            Dirty();
        }
    }

    private void Attach(Instant now)
    {
        Link = _loop.Links.Find(Configuration.InterfaceName);
        _attachAgainAt = Instant.Never;
        ResolveAddresses();
        if (Link is { } link)
        {
            try
            {
                _claim = SpeakerLock.Acquire(link.Name, link.Index, Configuration.AddressFamily, (byte)Configuration.VirtualRouterId);
                _port = _loop.OpenPort(link.Index, Configuration.AddressFamily);
                _port.Add(this);
                JoinGroup(link);
                OpenVirtualMac(link);
                Sweep();
                RefreshRefused();
                ClaimAddresses(Addresses);
                _loop.WatchRoutes(this);
                EnsurePromotion();
            }
            catch (Exception exception) when (exception is VrrpException or KernelException && Router.State != RouterState.Initialize)
            {
                // At start this is an error of the command; later there is nobody to throw at.
                _attachAgainAt = now + AttachRetryDelay;
                _attachProblem = exception switch
                {
                    VrrpException { ErrorId: ErrorIds.AcceptModeImpossible } => FaultReasons.CannotRefuse,
                    VrrpException { ErrorId: not ErrorIds.VirtualMacImpossible } => FaultReasons.SpeakerTaken,
                    _ => FaultReasons.CannotSpeak,
                };
                if (_limiter.Allows(AttachKey, now))
                {
                    Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
                }
            }
        }

        // With many addresses all that takes long, and who begins listens from now on.
        Refresh(MonotonicClock.Now);
    }

    /// <summary>Claims the addresses whose interface is there; the others when it appears.</summary>
    private void ClaimAddresses(Addresses.VirtualAddressSet addresses)
    {
        // All of an interface at once: what others have claimed is looked through each time.
        var onLinks = Enumerable.Range(0, addresses.Count)
            .Where(i => addresses.LinkOf(i) is not null)
            .GroupBy(i => addresses.LinkOf(i)!, i => addresses[i].Address);
        foreach (var group in onLinks)
        {
            // By the interface itself also where a link of its own carries the address: another process may do without.
            var link = group.Key == Carrier ? Link! : group.Key;
            _addressClaims.Add(Configuration.Name, link.Name, link.Index, group);
        }
    }

    private void Detach()
    {
        CloseVirtualMac();
        ClosePort();
        _unicast?.Dispose();
        _unicast = null;
        _frames = null;
        _buildAgainAt = Instant.Never;
        Link = null;
        ResolveAddresses();
    }

    /// <summary>Finds the interfaces of the addresses anew; what is left on one that is no longer theirs is released.</summary>
    private bool ResolveAddresses()
    {
        var batch = _loop.Batch;
        batch.Clear();
        bool changed = Addresses.Resolve(_loop.Links, Carrier, batch);
        if (batch.Count > 0)
        {
            CommitRelease(batch);
        }

        if (changed)
        {
            _loop.GuardChanged();
            Dirty();
        }

        return changed;
    }

    /// <summary>A group of our own needs a membership of its own; the port holds that of the protocol's group.</summary>
    private void JoinGroup(Link link)
    {
        _group?.Dispose();
        _group = Configuration.MulticastGroup is { } group ? RawVrrpSocket.OpenMembership(group, link.Index) : null;
    }

    private void ClosePort()
    {
        if (Link is { } link)
        {
            _loop.ClosePort(this, link.Index);
        }

        _port = null;
        _group?.Dispose();
        _group = null;
        _addressClaims.Dispose();
        _claim?.Dispose();
        _claim = null;
    }

    private void Sweep()
    {
        foreach (var orphan in OrphanSweep.Remove(_loop.Netlink, _claim!, Configuration.VirtualAddresses))
        {
            string name = _loop.Links.Find(orphan.InterfaceIndex)?.Name ?? Configuration.InterfaceName;
            Report(VrrpEventKind.Information, $"Removed {orphan.Address}/{orphan.PrefixLength} from {name}: left behind by an engine that died.");
        }

        foreach (string orphan in OrphanSweep.RemoveRoutes(_loop.Netlink, _claim!, Configuration))
        {
            Report(VrrpEventKind.Information, $"Removed the {orphan}: left behind by an engine that died.");
        }
    }

    private void Refresh(Instant now)
    {
        if (Addresses.HasOtherInterfaces && ResolveAddresses())
        {
            EnsurePromotion();
        }

        if (Link is not null && _attachAgainAt == Instant.Never && !TryRefreshRefused())
        {
            _attachAgainAt = now + AttachRetryDelay;
            _attachProblem = FaultReasons.CannotRefuse;
        }

        var source = Link?.SourceFor(Configuration) ?? default;
        bool rebuild = Link is not null && !source.IsNone
            && (_frames is null || source != Router.PrimaryAddress || FramesAreStale());
        if (source != Router.PrimaryAddress)
        {
            Run(Input.PrimaryAddressChanged(source), now);
        }

        if (rebuild)
        {
            BuildFrames(Link!, source);
        }

        UpdateFaults(now);
    }

    private bool FramesAreStale() => _frameMac != Link!.MacAddress || _frameMtu != Link.Mtu || !_frames!.Fits(Addresses);

    private MacAddress _frameMac;
    private int _frameMtu;

    private void BuildFrames(Link link, InetAddress source)
    {
        _buildAgainAt = Instant.Never;
        try
        {
            _frames = RouterFrames.Build(Configuration, _advertised, link, source, Router.Priority, Addresses);
            _frameMac = link.MacAddress;
            _frameMtu = link.Mtu;
            if (Configuration.UnicastPeers.Count > 0)
            {
                _unicast?.Dispose();
                _unicast = RawVrrpSocket.OpenUnicastSender(source, link.Index, UsesAuthenticationHeader, Configuration.UnicastTimeToLive);
            }
        }
        catch (Exception exception) when (exception is VrrpException or KernelException && Router.State != RouterState.Initialize)
        {
            _frames = null;
            _buildAgainAt = MonotonicClock.Now + AttachRetryDelay;
            if (_limiter.Allows(BuildKey, MonotonicClock.Now))
            {
                Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
            }
        }
    }

    private void UpdateFaults(Instant now)
    {
        ObserveTrackedInterfaces(now);
        var faults = ObserveFaults();
        var before = Router.Faults & ~FaultReasons.SyncGroup;
        if (faults != before)
        {
            Run(Input.FaultsChanged(faults, CauseOf(before, faults)), now);
            Dirty();
            PublishIfChanged(now);
        }

        _recovered = null;
    }

    private FaultReasons ObserveFaults()
    {
        var faults = _versionMismatchUntil == Instant.Never ? FaultReasons.None : FaultReasons.VersionMismatch;
        faults |= TrackerFaultReasons();
        if (_sending.MissesPeer)
        {
            faults |= FaultReasons.NoUnicastPeer;
        }

        if (_loop.IsNameless)
        {
            faults |= FaultReasons.NamespaceRemoved;
        }

        if (Link is not { } link)
        {
            return faults | FaultReasons.InterfaceMissing;
        }

        if (!link.IsUsable)
        {
            faults |= FaultReasons.InterfaceDown;
        }

        if (Router.PrimaryAddress.IsNone)
        {
            faults |= FaultReasons.NoPrimaryIPAddress;
        }

        if (_attachAgainAt != Instant.Never)
        {
            faults |= _attachProblem;
        }
        else if (link.IsUsable && !Router.PrimaryAddress.IsNone && _frames is null)
        {
            // A Master that can say nothing would serve beside the one that takes over from it.
            faults |= FaultReasons.CannotSpeak;
        }

        if (Configuration.Priority == 255 && !Addresses.IsOwned)
        {
            faults |= FaultReasons.NotOwner;
        }

        return faults;
    }

    private static LastEvent CauseOf(FaultReasons before, FaultReasons after)
    {
        const FaultReasons interfaceFaults = FaultReasons.InterfaceMissing | FaultReasons.InterfaceDown;
        const FaultReasons trackerFaults = FaultReasons.TrackedInterfaceDown | FaultReasons.Tracker | FaultReasons.TrackerPending;
        var changed = before ^ after;
        bool cleared = (changed & after) == FaultReasons.None;
        return (changed, cleared) switch
        {
            (var c, false) when c.HasFlag(FaultReasons.NamespaceRemoved) => LastEvent.NamespaceRemoved,
            var (c, up) when (c & interfaceFaults) != FaultReasons.None => up ? LastEvent.InterfaceUp : LastEvent.InterfaceDown,
            var (c, up) when c.HasFlag(FaultReasons.NoPrimaryIPAddress) => up ? LastEvent.PrimaryIPAddress : LastEvent.NoPrimaryIPAddress,
            var (c, up) when (c & trackerFaults) != FaultReasons.None => up ? LastEvent.FaultCleared : LastEvent.TrackerFault,
            (_, true) => LastEvent.FaultCleared,
            _ => LastEvent.TrackerFault,
        };
    }

    private void RestoreAddresses(Instant now)
    {
        if (!MissesAddress())
        {
            return;
        }

        // An interface that goes down loses its addresses first and says so afterwards. Ask, rather than fight the kernel.
        if (!_loop.TryReload())
        {
            return;
        }

        LookAtLinks(now);
        for (int i = 0; i < Addresses.Count && Link is not null; i++)
        {
            if (!IsMissing(i))
            {
                continue;
            }

            if (Addresses.LinkOf(i)?.Find(Addresses[i].Address) is { Protocol: AddressProtocol.VrrpPS } present)
            {
                // What was heard is older than what is there: released and bound again between two looks at the events.
                Addresses.MarkPresent(i, present.PrefixLength);
                _loop.GuardAlso(this);
                Dirty();
                PublishIfChanged(now);
            }
            else
            {
                Run(Input.AddressRemoved(i), now);
            }
        }
    }

    private bool MissesAddress()
    {
        for (int i = 0; i < Addresses.Count; i++)
        {
            if (IsMissing(i))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMissing(int index)
        => Router.State is RouterState.Master or RouterState.Leaving
        && Addresses.Holding(index) == Runtime.Addresses.AddressHolding.Unbound
        && !Addresses[index].NoTrack
        && !Router.IsReleased(index);
}
