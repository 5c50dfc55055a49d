namespace VrrpPS.Protocol.Election;

/// <summary>
/// One virtual router of one node: the state machine of RFC 9568 section 6.4 (and RFC 3768 section 6.4), with injected time
/// and effects as values. It has no clock, no socket and no randomness, so the same inputs at the same instants give the same
/// effects: a recording replays, and a simulator can run millions of hours.
/// <para>
/// Its doors are <see cref="Step"/> and <see cref="NextDeadline"/>. The caller drains everything it has received before it lets
/// time fire a timer: what was heard in time counts, however late it was read.
/// </para>
/// </summary>
public sealed partial class VirtualRouter
{
    private readonly ReleasePlan _release = new();
    private BackupData _backup;
    private MasterData _master;
    private LeavingData _leaving;
    private FlapDamper _flapping;
    private BilingualEar _bilingual;
    private Instant _leaseEnds = Instant.Never;
    private Instant _renewAt = Instant.Never;
    private Instant _startupEnds;
    private Instant _nextOwnersReport;
    private Instant _holdEnds = Instant.Never;
    private Instant _faultRetryAt = Instant.Never;
    private RouterState _takeoverFrom;
    private bool _takingOver;

    /// <summary>Makes a router in state Initialize.</summary>
    public VirtualRouter(RouterParameters parameters)
    {
        Parameters = parameters;
        Priority = parameters.Priority;
        MasterInterval = parameters.AdvertisementInterval;
    }

    /// <summary>The parameters in force.</summary>
    public RouterParameters Parameters { get; private set; }

    /// <summary>The state.</summary>
    public RouterState State { get; private set; }

    /// <summary>The effective priority: the configured one, as lowered or raised by health checks.</summary>
    public byte Priority { get; private set; }

    /// <summary>Whether the Master role was moved away from this router, so that it does not preempt.</summary>
    public bool Held { get; private set; }

    /// <summary>What keeps the router from taking part.</summary>
    public FaultReasons Faults { get; private set; }

    /// <summary>The address we send from, for ties; none while unknown.</summary>
    public InetAddress PrimaryAddress { get; private set; }

    /// <summary>The Master's interval: the own one in version 2 and until a Master is heard (Master_Adver_Interval).</summary>
    public Interval MasterInterval { get; private set; }

    /// <summary>The current Master's address; our own while Master, none while unknown.</summary>
    public InetAddress MasterAddress { get; private set; }

    /// <summary>The current Master's priority; 0 while unknown.</summary>
    public byte MasterPriority { get; private set; }

    /// <summary>What caused the last transition.</summary>
    public LastEvent LastEvent { get; private set; }

    /// <summary>Why the router last became Master.</summary>
    public NewMasterReason NewMasterReason { get; private set; }

    /// <summary>Skew_Time in nanoseconds, for the current priority and Master interval.</summary>
    public long SkewTime => ElectionTimers.SkewTime(Parameters.Version, Priority, MasterInterval);

    /// <summary>Master_Down_Interval in nanoseconds, for the current priority and Master interval.</summary>
    public long MasterDownInterval => ElectionTimers.MasterDownInterval(
        Parameters.Version, Priority, MasterInterval, Parameters.MissedAdvertisements);

    /// <summary>Whether addresses may be bound at the moment: as Master, while leaving, and while the winner is awaited.</summary>
    public bool Serves => State is RouterState.Master or RouterState.Leaving || _release.Pending > 0;

    /// <summary>Whether an address was given up already while others are still served.</summary>
    public bool IsReleased(int addressIndex) => _release.IsReleased(addressIndex);

    /// <summary>
    /// Whether an advertisement changes nothing because its sender is also heard in version 3; only with
    /// <see cref="RouterParameters.Version2Compatibility"/>.
    /// </summary>
    public bool IgnoresCopy(in AdvertisementInfo advertisement, Instant now)
        => Parameters.Version2Compatibility && _bilingual.IsCopy(advertisement, now);

    /// <summary>When the lease of the bound addresses ends; never when unbound or without lease.</summary>
    public Instant LeaseEnds => Serves ? _leaseEnds : Instant.Never;

    /// <summary>Whether version 3 wants the router's own address to win over everything: priority 255.</summary>
    private bool IsOwner => Priority == 255;

    /// <summary>Preempt_Mode. The owner always preempts (RFC 9568 section 6.1), unless an administrator moved the role away.</summary>
    private bool Preempts => (Parameters.Preempt || IsOwner) && !Held;

    private bool LeaseEnded(Instant now) => Parameters.Lease > 0 && now >= _leaseEnds;

    /// <summary>How many nanoseconds a lower-priority Master would be left alone: the configured delay, longer for a router that kept preempting.</summary>
    public long PreemptDelayAt(Instant now) => _flapping.Lengthened(Parameters.PreemptDelay, now);

    /// <summary>When <see cref="Step"/> wants to be called with <see cref="Input.Tick"/> at the latest; never if nothing is due.</summary>
    public Instant NextDeadline
    {
        get
        {
            var next = State switch
            {
                RouterState.Backup => _backup.Waits ? Instant.Never : _backup.TakeoverAt,
                RouterState.Master => Instant.Min(Instant.Min(_master.NextAdvertisement, _master.Announcements.Next), _renewAt),
                RouterState.Leaving => Instant.Min(_leaving.ResignAgainAt, _renewAt),
                RouterState.Fault => _faultRetryAt,
                _ => Instant.Never,
            };
            next = Instant.Min(next, _release.NextDeadline);
            return Held ? Instant.Min(next, _holdEnds) : next;
        }
    }

    /// <summary>
    /// When the next advertisement is due, for coalescing; never unless Master.
    /// </summary>
    public Instant NextAdvertisement => State == RouterState.Master ? _master.NextAdvertisement : Instant.Never;

    /// <summary>
    /// Lets one thing happen. Effects are appended to <paramref name="effects"/> and must be carried out in order.
    /// </summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">When; never earlier than in the step before.</param>
    /// <param name="effects">Receives what is to be done.</param>
    public void Step(in Input input, Instant now, EffectBuffer effects)
    {
        // A refused bind belongs to the takeover of the step before, which was therefore never reported.
        _takingOver &= input.Kind == InputKind.BindFailed;
        switch (input.Kind)
        {
            case InputKind.Time:
                OnTime(now, input.Nanoseconds, effects);
                break;
            case InputKind.Slept:
                OnSlept(input.Nanoseconds, now);
                break;
            case InputKind.Startup:
                OnStartup(now, effects);
                break;
            case InputKind.Shutdown:
                OnLeave(RouterState.Initialize, LastEvent.Shutdown, input.Force, input.Nanoseconds, now, effects);
                break;
            case InputKind.Suspend:
                OnLeave(RouterState.Suspended, LastEvent.Suspended, input.Force, input.Nanoseconds, now, effects);
                break;
            case InputKind.Resume:
                OnResume(now, effects);
                break;
            case InputKind.HandOver:
                OnHandOver(input.HoldNanoseconds, input.Nanoseconds, now, effects);
                break;
            case InputKind.Advertisement:
                OnAdvertisement(input.Advertisement, now, effects);
                break;
            case InputKind.AddressAnnounced:
                OnAddressAnnounced(input.AddressIndex, now);
                break;
            case InputKind.AddressRemoved:
                OnAddressRemoved(input.AddressIndex, now, effects);
                break;
            case InputKind.LeaseRenewed:
                RestartLease(now);
                break;
            case InputKind.BindFailed:
                OnKernelRefusal(FaultReasons.BindFailed, LastEvent.BindFailed, now, effects);
                break;
            case InputKind.SendFailed:
                OnKernelRefusal(FaultReasons.SendFailed, LastEvent.SendFailed, now, effects);
                break;
            case InputKind.FaultsChanged:
                ChangeFaults((Faults & InternalFaults) | (input.Faults & ~InternalFaults), input.Cause, now, effects);
                break;
            case InputKind.PriorityChanged:
                OnPriorityChanged(input.Priority, now);
                break;
            case InputKind.PrimaryAddressChanged:
                PrimaryAddress = input.Address;
                MasterAddress = State == RouterState.Master ? input.Address : MasterAddress;
                break;
            case InputKind.Reconfigured:
                OnReconfigured(input.Parameters!, now, effects);
                break;
            case InputKind.GroupChanged:
                OnGroupChanged(input.IsPresent, now, effects);
                break;
            case InputKind.GroupFaultChanged:
                OnGroupFaultChanged(input.IsPresent, now, effects);
                break;
            case InputKind.TakeOver:
                OnTakeOver(now, effects);
                break;
            case InputKind.GiveAway:
                OnGiveAway(now, effects);
                break;
        }
    }

    private void OnTime(Instant now, long advertisementSlack, EffectBuffer effects)
    {
        if (Held && now >= _holdEnds)
        {
            Held = false;
            _holdEnds = Instant.Never;
            effects.Report(ReportKind.HoldEnded);
        }

        switch (State)
        {
            case RouterState.Backup when now >= _backup.TakeoverAt:
                _backup.Waits = IsGrouped;
                if (!IsGrouped)
                {
                    OnMasterDown(now, effects);
                }

                break;
            case RouterState.Master:
                OnMasterTime(now, advertisementSlack, effects);
                break;
            case RouterState.Leaving:
                OnLeavingTime(now, effects);
                return;
            case RouterState.Fault when now >= _faultRetryAt:
                ChangeFaults(Faults & ~RefusalFaults, LastEvent.FaultCleared, now, effects);
                break;
        }

        if (State != RouterState.Master)
        {
            _release.Fire(now, effects);
        }
    }

    private void OnStartup(Instant now, EffectBuffer effects)
    {
        // RFC 9568 section 6.4.1
        if (State != RouterState.Initialize)
        {
            return;
        }

        // The delay counts from the start, also for a router that has to wait for its interface first.
        _startupEnds = now + Parameters.StartupDelay;
        Held = false;
        _holdEnds = Instant.Never;
        Rejoin(LastEvent.Startup, now, effects);
    }

    private void OnResume(Instant now, EffectBuffer effects)
    {
        Held = false;
        _holdEnds = Instant.Never;
        if (State == RouterState.Suspended)
        {
            Rejoin(LastEvent.Resumed, now, effects);
        }
        else if (State == RouterState.Leaving && _leaving.Target == RouterState.Suspended)
        {
            _leaving.Target = Faults == FaultReasons.None ? RouterState.Backup : RouterState.Fault;
            _leaving.Cause = LastEvent.Resumed;
        }
    }

    private void OnPriorityChanged(byte priority, Instant now)
    {
        if (priority == Priority)
        {
            return;
        }

        long before = SkewTime;
        Priority = priority;
        if (State == RouterState.Backup)
        {
            // Skew_Time depends on the own priority: the running timer keeps its start and gets the new length.
            _backup.DownDeadline = Instant.Max(now, _backup.DownDeadline + (SkewTime - before));
        }
        else if (State == RouterState.Master)
        {
            MasterPriority = priority;
        }
    }

    private void OnReconfigured(RouterParameters parameters, Instant now, EffectBuffer effects)
    {
        long before = MasterDownInterval;
        Parameters = parameters;
        if (_release.Pending > 0 && State != RouterState.Leaving)
        {
            _release.Abandon(effects);
        }

        if (State == RouterState.Master)
        {
            MasterInterval = parameters.AdvertisementInterval;

            // Whatever changed, the addresses or the interval: the kernel, the Backups and the switches learn it now.
            // The advertisement first, as with every renewal.
            SendAdvertisement(now, effects);
            effects.Add(EffectKind.BindAll);
            RestartLease(now);
            _master.NextAdvertisement = FirstAfter(now);
            effects.Announce(copies: 1);
            _master.Announcements.Begin(parameters, now);
        }
        else if (State == RouterState.Backup)
        {
            bool ownInterval = parameters.Version == VrrpVersion.V2 || MasterAddress.IsNone;
            MasterInterval = ownInterval ? parameters.AdvertisementInterval : MasterInterval;
            if (MasterDownInterval != before && !_backup.Resigned)
            {
                _backup.Arm(now + MasterDownInterval);
            }
        }
        else if (State != RouterState.Leaving)
        {
            MasterInterval = parameters.AdvertisementInterval;
        }
    }

    private void RestartLease(Instant now)
    {
        _leaseEnds = Parameters.Lease > 0 ? now + Parameters.Lease : Instant.Never;
        _renewAt = Parameters.Lease > 0 && RenewsBetweenAdvertisements ? now + (Parameters.Lease / 2) : Instant.Never;
    }

    private void Become(RouterState state, LastEvent lastEvent, InetAddress peer, byte peerPriority, EffectBuffer effects)
    {
        var from = _takingOver ? _takeoverFrom : State;
        State = state;
        LastEvent = lastEvent;
        if (state is not (RouterState.Master or RouterState.Leaving or RouterState.Backup))
        {
            MasterAddress = default;
            MasterPriority = 0;
            MasterInterval = Parameters.AdvertisementInterval;
        }

        if (from != state)
        {
            effects.Add(new Effect
            {
                Kind = EffectKind.Transition,
                From = from,
                To = state,
                Event = lastEvent,
                Peer = peer,
                PeerPriority = peerPriority,
            });
        }
    }

    private void Rejoin(LastEvent lastEvent, Instant now, EffectBuffer effects)
    {
        if (Faults != FaultReasons.None)
        {
            Become(RouterState.Fault, lastEvent, default, 0, effects);
        }
        else if (IsOwner && !Held && now >= _startupEnds && !IsGrouped)
        {
            BecomeMaster(lastEvent, NewMasterReason.Priority, now, effects);
        }
        else
        {
            BecomeBackup(lastEvent, default, 0, now, effects);
            if (IsOwner && !Held && IsGrouped)
            {
                // An owner waits for nobody but its sync group and its start-up delay.
                _backup.DownDeadline = now;
            }
        }
    }
}
