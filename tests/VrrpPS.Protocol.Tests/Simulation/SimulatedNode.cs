using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>One host: the process that runs a router, the kernel that outlives it, and the interface.</summary>
internal sealed class SimulatedNode
{
    private const int ReceiveBuffer = 256;
    private const int TicksAtOneInstant = 64;

    private readonly World _world;
    private readonly EffectBuffer _effects = new();
    private readonly Queue<Input> _inbox = new();
    private readonly List<Effect> _unfinished = [];
    private bool _freezesInStep;
    private long _tickFor = long.MaxValue;
    private int _tickNumber;
    private long _expiryAt = long.MaxValue;
    private long _lastTick = -1;
    private int _ticksNow;

    public SimulatedNode(World world, int index, NodeSettings settings, SplitMix64 random)
    {
        _world = world;
        Index = index;
        Settings = settings;
        Priority = settings.Parameters.Priority;
        Kernel = new SimulatedKernel(settings.Parameters.AddressCount, random);
        Model = world.MakeModel(settings);
    }

    public int Index { get; }

    public NodeSettings Settings { get; }

    public SimulatedKernel Kernel { get; }

    public IRouterModel Model { get; private set; }

    public byte Priority { get; private set; }

    public bool IsAlive { get; private set; }

    public bool IsPaused { get; private set; }

    public bool IsUp { get; private set; } = true;

    /// <summary>Stopped or suspended by an administrator.</summary>
    public bool IsStopped { get; private set; }

    public bool IsSuspended { get; private set; }

    /// <summary>Which process this is; events meant for an earlier one are void.</summary>
    public int Generation { get; private set; }

    /// <summary>Since when it could take over, had nobody else.</summary>
    public long EligibleSince { get; private set; }

    public long StateSince { get; private set; }

    /// <summary>When it was frozen or killed.</summary>
    public long SilentSince { get; private set; }

    public bool WasMasterWhenSilenced { get; private set; }

    /// <summary>Removed addresses that the process does not know of yet.</summary>
    public int UnknownRemovals { get; set; }

    public bool Responds => IsAlive && !IsPaused && IsUp;

    public bool IsEligible => Responds && !IsStopped;

    public RouterState State => IsAlive ? Model.State : RouterState.Initialize;

    public bool IsActiveMaster => Responds && Model.State == RouterState.Master;

    public void Start()
    {
        Generation++;
        Model = _world.MakeModel(Settings);
        _inbox.Clear();
        _unfinished.Clear();
        _freezesInStep = false;
        _tickFor = long.MaxValue;
        UnknownRemovals = 0;
        IsAlive = true;
        IsPaused = false;
        IsStopped = false;
        IsSuspended = false;
        Kernel.ReleaseAll();
        EligibleSince = _world.Now.Nanoseconds + (Settings.IsForeign ? 0 : Settings.Parameters.StartupDelay);
        StateSince = _world.Now.Nanoseconds;
        _world.Recorder?.Began(this);
        Feed(Input.PrimaryAddressChanged(Settings.Address));
        Feed(Input.PriorityChanged(Priority));
        if (!IsUp)
        {
            Feed(Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown));
        }

        Feed(Input.Startup());
    }

    public void Kill(bool guardDies)
    {
        Silence();
        IsAlive = false;
        if (Settings.IsForeign)
        {
            Kernel.ReleaseAll();
        }
        else if (!guardDies)
        {
            _world.Schedule(SimEventKind.Guard, this, _world.Random.Between(0, 50_000_000));
        }
    }

    public void Pause()
    {
        Silence();
        IsPaused = true;
    }

    /// <summary>The process will freeze in its next step that both advertises and renews: after the first of the two.</summary>
    public void PauseInStep() => _freezesInStep = true;

    /// <summary>What arrived is read first, then time fires.</summary>
    public void Unpause()
    {
        IsPaused = false;
        _freezesInStep = false;
        EligibleSince = Math.Max(EligibleSince, _world.Now.Nanoseconds);
        if (_world.Options.Fault == InjectedFault.TimeBeforeQueue)
        {
            Apply(Input.Tick());
        }

        while (_inbox.TryDequeue(out var input))
        {
            UnknownRemovals -= input.Kind == InputKind.AddressRemoved ? 1 : 0;
            Apply(input);
        }

        FinishStep();
        Apply(Input.Tick());
    }

    public void Stop(bool force)
    {
        IsStopped = true;
        _world.Invariants.ServingChanged();
        Feed(Input.Shutdown(force));
    }

    public void StartAgain()
    {
        if (Model.State == RouterState.Initialize)
        {
            IsStopped = false;
            EligibleSince = _world.Now.Nanoseconds + (Settings.IsForeign ? 0 : Settings.Parameters.StartupDelay);
            Feed(Input.Startup());
        }
    }

    public void Suspend()
    {
        IsStopped = true;
        IsSuspended = true;
        Feed(Input.Suspend());
    }

    public void Resume()
    {
        IsStopped = false;
        IsSuspended = false;
        EligibleSince = Math.Max(EligibleSince, _world.Now.Nanoseconds);
        Feed(Input.Resume());
    }

    public void SetPriority(byte priority)
    {
        Priority = priority;
        _world.Invariants.ServingChanged();
        Feed(Input.PriorityChanged(priority));
    }

    public void SetInterface(bool up)
    {
        IsUp = up;
        _world.Invariants.ServingChanged();
        EligibleSince = Math.Max(EligibleSince, _world.Now.Nanoseconds);
        Feed(up ? Input.FaultsChanged(FaultReasons.None, LastEvent.InterfaceUp) : Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown));
    }

    /// <summary>An input for the process: handled now, or when it wakes up.</summary>
    public void Feed(in Input input)
    {
        if (!IsAlive)
        {
            return;
        }

        if (IsPaused)
        {
            if (_inbox.Count < ReceiveBuffer || input.Kind is not (InputKind.Advertisement or InputKind.AddressAnnounced))
            {
                UnknownRemovals += input.Kind == InputKind.AddressRemoved ? 1 : 0;
                _inbox.Enqueue(input);
            }

            return;
        }

        Apply(input);
    }

    public void OnTickEvent(int generation, int number)
    {
        if (generation != Generation || number != _tickNumber || !IsAlive)
        {
            return;
        }

        _tickFor = long.MaxValue;
        if (IsPaused)
        {
            return;
        }

        if (Model.NextDeadline > _world.Now)
        {
            ScheduleTick();
            return;
        }

        _ticksNow = _lastTick == _world.Now.Nanoseconds ? _ticksNow + 1 : 0;
        _lastTick = _world.Now.Nanoseconds;
        if (_ticksNow > TicksAtOneInstant)
        {
            throw new InvariantViolationException("Livelock", $"node {Index} asks for ticks at {_world.Now.Nanoseconds} ns without end");
        }

        Apply(Input.Tick());
    }

    public void OnExpiryEvent()
    {
        _expiryAt = long.MaxValue;
        while (Kernel.TryExpire(_world.Now.Nanoseconds, out int address))
        {
            _world.Invariants.Expired(this);
            Removed(address);
        }

        ScheduleExpiry();
    }

    /// <summary>The kernel lost an address; the process learns it through netlink.</summary>
    public void Removed(int address)
    {
        _world.Invariants.ServingChanged();
        if (IsAlive)
        {
            UnknownRemovals++;
            _world.Schedule(SimEventKind.AddressRemoved, this, 100_000, address);
        }
    }

    private void Silence()
    {
        SilentSince = _world.Now.Nanoseconds;
        WasMasterWhenSilenced = IsActiveMaster;
        _world.Invariants.ServingChanged();
    }

    private void Apply(in Input input)
    {
        _effects.Clear();
        Model.Step(input, _world.Now, _effects);
        _world.Recorder?.Stepped(this, input, _world.Now, _effects);
        bool renewed = false;
        var effects = _effects.Span;
        for (int i = 0; i < effects.Length && !IsPaused; i++)
        {
            renewed |= Execute(effects[i]);
            if (_freezesInStep && i + 1 < effects.Length && IsBeat(effects[i]) && IsBeat(effects[i + 1]))
            {
                _freezesInStep = false;
                _unfinished.AddRange(effects[(i + 1)..]);
                Pause();
            }
        }

        ScheduleTick();
        if (renewed)
        {
            Apply(Input.LeaseRenewed());
        }
    }

    // What the process does with every interval of a Master's.
    private static bool IsBeat(in Effect effect) => effect.Kind is EffectKind.SendAdvertisement or EffectKind.RenewLease;

    /// <summary>A freeze in mid-step ends: advertisement and renewal are too old by now and decided on again.</summary>
    private void FinishStep()
    {
        if (_unfinished.Count == 0)
        {
            return;
        }

        foreach (var effect in _unfinished)
        {
            _ = !IsBeat(effect) && Execute(effect);
        }

        _unfinished.Clear();
        Apply(Input.Slept(0));
    }

    private bool Execute(in Effect effect)
    {
        long now = _world.Now.Nanoseconds;
        long lease = _world.LeaseOf(Settings);
        switch (effect.Kind)
        {
            case EffectKind.BindAll:
                Kernel.BindAll(now, lease);
                break;
            case EffectKind.BindAddress:
                Kernel.Bind(effect.AddressIndex, now, lease);
                break;
            case EffectKind.ReleaseAll:
                Kernel.ReleaseAll();
                break;
            case EffectKind.ReleaseAddress:
                Kernel.Release(effect.AddressIndex);
                break;
            case EffectKind.RenewLease:
                Kernel.Renew(now, lease);
                return true;
            case EffectKind.SendAdvertisement:
                _world.Advertise(this, effect.Priority);
                return false;
            case EffectKind.AnnounceAll:
                for (int i = 0; i < Settings.Parameters.AddressCount; i++)
                {
                    _world.Announce(this, i);
                }

                return false;
            case EffectKind.AnnounceAddress:
                _world.Announce(this, effect.AddressIndex);
                return false;
            case EffectKind.Transition:
                _world.Invariants.Changed(this, effect);
                StateSince = now;
                return false;
            default:
                return false;
        }

        ScheduleExpiry();
        _world.Invariants.ServingChanged();
        return false;
    }

    private void ScheduleTick()
    {
        var next = Model.NextDeadline;
        if (next != Instant.Never && next.Nanoseconds < _tickFor)
        {
            // A deadline that moves back is noticed when the tick for the earlier one comes.
            _tickFor = next.Nanoseconds;
            long late = _world.Random.Between(0, _world.GreatestLateness);
            _world.Schedule(SimEventKind.Tick, this, Math.Max(next.Nanoseconds + late - _world.Now.Nanoseconds, 0), ++_tickNumber);
        }
    }

    private void ScheduleExpiry()
    {
        long next = Kernel.NextExpiry;
        if (next < _expiryAt)
        {
            _expiryAt = next;
            _world.Schedule(SimEventKind.Expiry, this, next - _world.Now.Nanoseconds);
        }
    }
}
