using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>A changed configuration, taken over by difference: a Master stays Master and no address that stays is touched.</content>
internal sealed partial class RouterHost
{
    private TaskCompletionSource? _settled;

    /// <summary>
    /// Changes to a new configuration of the same identity. While addresses are being given away one by one, another list of them
    /// has to wait: a task that is not <see cref="Task.CompletedTask"/> ends when it is worth trying again.
    /// </summary>
    /// <exception cref="VrrpException">The identity differs, or the new frames cannot be built; nothing has changed then.</exception>
    public Task Apply(InstanceConfiguration configuration, Instant now)
    {
        if (configuration == Configuration)
        {
            return Task.CompletedTask;
        }

        RequireSameIdentity(configuration);
        _loop.RequireOwnAddresses(configuration);
        _loop.RequireOneAcceptMode(configuration);
        var parameters = ParametersOf(configuration, _phase);
        var addresses = new VirtualAddressSet(configuration, parameters.Lease);
        _loop.Batch.Clear();
        _ = addresses.Resolve(_loop.Links, Carrier, _loop.Batch);
        RequireOwnership(configuration, addresses);
        if (IsGivingAway && !configuration.VirtualAddresses.Equals(Configuration.VirtualAddresses))
        {
            _settled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _settled.Task;
        }

        var advertised = RouterFrames.AdvertisedAddresses(configuration);
        var source = Link?.SourceFor(configuration) ?? default;
        if (Link is { } existing && !source.IsNone)
        {
            // Building throws what is impossible before anything has changed.
            _ = RouterFrames.Build(configuration, advertised, existing, source, (byte)configuration.Priority, addresses);
        }

        RefuseAlso(configuration, addresses);
        if (_claim is not null && Link is not null)
        {
            ClaimAddresses(addresses);
        }

        var previous = Addresses;
        var old = Configuration;
        Configuration = configuration;
        _advertised = advertised;
        _expectation = ExpectationOf(configuration);
        TakeKeys();
        if (old.ChecksumStyle != configuration.ChecksumStyle)
        {
            _checksum = new ChecksumStyleSelector(configuration.ChecksumStyle);
        }

        Addresses = addresses;
        Addresses.Adopt(previous);
        if (_port is { } port && !port.TryNarrow())
        {
            Report(VrrpEventKind.KernelRefused, $"The packet filter on {configuration.InterfaceName} could not be changed: announcements of new addresses by others are not heard.", isWarning: true);
        }

        if (!old.VirtualRoutes.Equals(configuration.VirtualRoutes) || !old.VirtualRules.Equals(configuration.VirtualRules))
        {
            ChangeRoutes(configuration);
        }

        if (old.MulticastGroup != configuration.MulticastGroup && Link is { } member)
        {
            JoinGroup(member);
        }

        EnsurePromotion();
        ReleaseObsolete(previous);
        _ = TryRefreshRefused();
        if (Link is not null && !source.IsNone)
        {
            _frames = null;
            Refresh(now);
        }

        _addressClaims.KeepOnly(AddressesOf(configuration).ToHashSet());
        bool addressesChanged = !old.VirtualAddresses.Equals(configuration.VirtualAddresses);
        Run(Input.Reconfigured(parameters), now);
        Trackers.Configure(configuration, isStarting: false);
        UpdatePriority(now);

        if (old.SyncGroup != configuration.SyncGroup)
        {
            LeaveGroup(now);
            JoinGroup(now);
        }
        else if (old.SyncGroupOptions != configuration.SyncGroupOptions)
        {
            _loop.SyncGroups.Configure(this);
        }

        if (Refuses(old) != Refuses(configuration) && Router.State == RouterState.Master && !addressesChanged && !Bind(-1))
        {
            // The same addresses, to be chosen as a source or not.
            Run(Input.BindFailed(), now);
        }

        if (addressesChanged && Router.State == RouterState.Master)
        {
            RebindAndAnnounce(now);
        }
        else if (Routes.IsWanted || Router.State == RouterState.Master)
        {
            InstallRoutes();
        }

        if (old.Notification != configuration.Notification)
        {
            ApplyNotification();
        }

        Report(VrrpEventKind.Information, $"Changed: {ConfigurationDifference.Describe(old, configuration)}.");
        UpdateFaults(now);
        Dirty();
        PublishIfChanged(now);
        return Task.CompletedTask;
    }

    /// <summary>The plan of a hand-over knows the addresses by their position in the list.</summary>
    private bool IsGivingAway => Router.Serves && Router.State != RouterState.Master;

    /// <summary>Lets changes through that wait for the addresses to be given away.</summary>
    private void SettleApply()
    {
        if (_settled is { } settled && !IsGivingAway)
        {
            _settled = null;
            settled.SetResult();
        }
    }

    /// <summary>What is no longer wanted goes before the addresses do; what is new comes when they are bound.</summary>
    private void ChangeRoutes(InstanceConfiguration configuration)
    {
        var previous = Routes;
        Routes = new Routing.VirtualRouteSet(configuration);
        Routes.Adopt(previous, _loop.Netlink, OnRouteRefused);
        _loop.WatchRoutes(this);
        _loop.GuardChanged();
    }

    private void RequireSameIdentity(InstanceConfiguration configuration)
    {
        if (configuration.InterfaceName != Configuration.InterfaceName
            || configuration.VirtualRouterId != Configuration.VirtualRouterId
            || configuration.AddressFamily != Configuration.AddressFamily
            || configuration.Version != Configuration.Version
            || configuration.NetworkNamespace != Configuration.NetworkNamespace
            || configuration.VirtualMac != Configuration.VirtualMac)
        {
            throw VrrpErrors.IdentityChanged(Configuration.Name);
        }
    }

    /// <summary>Priority 255 is refused to a node without the addresses, as it is at the start.</summary>
    private void RequireOwnership(InstanceConfiguration configuration, VirtualAddressSet addresses)
    {
        bool claimed = configuration.Priority == 255
            && (Configuration.Priority != 255 || !Configuration.VirtualAddresses.Equals(configuration.VirtualAddresses));
        if (claimed && Link is not null && !addresses.IsOwned)
        {
            throw VrrpErrors.NotAddressOwner(configuration.Name, configuration.InterfaceName, configuration.VirtualAddresses);
        }
    }

    private void ReleaseObsolete(VirtualAddressSet previous)
    {
        var batch = _loop.Batch;
        batch.Clear();
        for (int i = 0; i < previous.Count; i++)
        {
            if (Addresses.Abandons(previous, i))
            {
                previous.AppendRelease(i, batch);
            }
        }

        if (batch.Count > 0)
        {
            CommitRelease(batch);
        }

        // Also of what was not bound any more.
        _loop.GuardChanged();
    }

    private void RebindAndAnnounce(Instant now)
    {
        var decided = MonotonicClock.Now;
        SendAdvertisement(Router.Priority, decided);
        if (_owesBind || PutsOffBind(decided))
        {
            return;
        }

        if (!Bind(-1))
        {
            Run(Input.BindFailed(), now);
            return;
        }

        AnnounceAll(isCorrection: false, copies: 1, now);
    }

    /// <summary>Netlink events were lost: believe the newly read list of addresses.</summary>
    public void CompareAddresses()
    {
        for (int i = 0; i < Addresses.Count; i++)
        {
            if (Addresses.LinkOf(i) is { } link && Addresses.Holding(i) != AddressHolding.Unbound
                && _loop.Links.Find(link.Index)?.Find(Addresses[i].Address) is null)
            {
                NoteAddressRemoved(new AddressInfo(link.Index, Addresses[i].Address, Addresses.BoundPrefixLength(i), 0, AddressFlags.None, 0, 0, 0, 0));
            }
        }
    }
}
