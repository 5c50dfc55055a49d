using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>
/// Another implementation, written from RFC 9568 section 6.4 alone: it advertises first and binds 8-47 ms later, falls silent
/// the moment it stops or loses, has no leases, and answers every losing advertisement.
/// </summary>
internal sealed class ForeignRouter(NodeSettings settings, SplitMix64 random) : IRouterModel
{
    private InetAddress _own;
    private byte _priority = settings.Parameters.Priority;
    private Interval _masterInterval = settings.Parameters.AdvertisementInterval;
    private Instant _timer = Instant.Never;
    private Instant _bindAt = Instant.Never;

    public RouterState State { get; private set; }

    public LastEvent LastEvent { get; private set; }

    public bool Serves => State == RouterState.Master;

    public Instant NextDeadline => Instant.Min(_timer, _bindAt);

    private Interval Own => settings.Parameters.AdvertisementInterval;

    private long Down => ElectionTimers.MasterDownInterval(settings.Parameters.Version, _priority, _masterInterval);

    public void Step(in Input input, Instant now, EffectBuffer effects)
    {
        switch (input.Kind)
        {
            case InputKind.PrimaryAddressChanged:
                _own = input.Address;
                break;
            case InputKind.PriorityChanged:
                long before = Down;
                _priority = input.Priority;
                _timer = State == RouterState.Backup ? _timer + (Down - before) : _timer;
                break;
            case InputKind.Startup when State == RouterState.Initialize:
            case InputKind.Resume when State == RouterState.Suspended:
                Wait(LastEvent.Startup, now, effects);
                break;
            case InputKind.Shutdown or InputKind.Suspend:
                Stop(input.Kind == InputKind.Suspend ? RouterState.Suspended : RouterState.Initialize, resign: true, effects);
                break;
            case InputKind.FaultsChanged when input.Faults != FaultReasons.None:
                Stop(RouterState.Fault, resign: false, effects);
                break;
            case InputKind.FaultsChanged when State == RouterState.Fault:
                Wait(LastEvent.InterfaceUp, now, effects);
                break;
            case InputKind.Advertisement when State == RouterState.Backup:
                AsBackup(input.Advertisement, now);
                break;
            case InputKind.Advertisement when State == RouterState.Master:
                AsMaster(input.Advertisement, now, effects);
                break;
            case InputKind.Time:
                OnTime(now, effects);
                break;
        }
    }

    private void AsBackup(in AdvertisementInfo heard, Instant now)
    {
        if (heard.Priority == 0)
        {
            _timer = now + ElectionTimers.SkewTime(settings.Parameters.Version, _priority, _masterInterval);
        }
        else if (!settings.Parameters.Preempt || heard.Priority >= _priority)
        {
            Adopt(heard);
            _timer = now + Down;
        }
    }

    private void AsMaster(in AdvertisementInfo heard, Instant now, EffectBuffer effects)
    {
        if (heard.Priority > _priority || (heard.Priority == _priority && heard.Source > _own))
        {
            Adopt(heard);
            effects.Add(new Effect { Kind = EffectKind.ReleaseAll });
            _bindAt = Instant.Never;
            Become(RouterState.Backup, LastEvent.HigherPriorityBackup, heard.Source, heard.Priority, effects);
            _timer = now + Down;
        }
        else
        {
            Send(_priority, effects);
        }
    }

    private void OnTime(Instant now, EffectBuffer effects)
    {
        if (now >= _bindAt)
        {
            _bindAt = Instant.Never;
            effects.Add(new Effect { Kind = EffectKind.BindAll });
            effects.Add(new Effect { Kind = EffectKind.AnnounceAll });
        }

        if (now < _timer)
        {
            return;
        }

        Send(_priority, effects);
        _timer = now + Own.Nanoseconds;
        if (State == RouterState.Backup)
        {
            _bindAt = now + random.Between(8_000_000, 47_000_000);
            Become(RouterState.Master, LastEvent.MasterTimeout, default, 0, effects);
        }
    }

    private void Wait(LastEvent cause, Instant now, EffectBuffer effects)
    {
        _masterInterval = Own;
        _timer = now + Down;
        Become(RouterState.Backup, cause, default, 0, effects);
    }

    private void Stop(RouterState target, bool resign, EffectBuffer effects)
    {
        if (State == RouterState.Master)
        {
            if (resign)
            {
                Send(0, effects);
            }

            effects.Add(new Effect { Kind = EffectKind.ReleaseAll });
        }

        _timer = Instant.Never;
        _bindAt = Instant.Never;
        Become(target, LastEvent.Shutdown, default, 0, effects);
    }

    private void Adopt(in AdvertisementInfo heard)
        => _masterInterval = settings.Parameters.Version == VrrpVersion.V3 ? heard.Interval : Own;

    private void Become(RouterState state, LastEvent cause, InetAddress peer, byte peerPriority, EffectBuffer effects)
    {
        effects.Add(new Effect { Kind = EffectKind.Transition, From = State, To = state, Event = cause, Peer = peer, PeerPriority = peerPriority });
        State = state;
        LastEvent = cause;
    }

    private static void Send(byte priority, EffectBuffer effects)
        => effects.Add(new Effect { Kind = EffectKind.SendAdvertisement, Priority = priority });
}
