namespace VrrpPS.Protocol.Election;

/// <content>Faults: what takes the router out of the election, and how it comes back.</content>
public sealed partial class VirtualRouter
{
    /// <summary>How long a refused bind or send is left alone before it is tried again.</summary>
    private const long FaultRetryDelay = 5 * Instant.NanosecondsPerSecond;

    /// <summary>Faults with which the addresses can still be reached, so that they are handed over rather than dropped.</summary>
    private const FaultReasons ServableFaults =
        FaultReasons.Tracker | FaultReasons.TrackedInterfaceDown | FaultReasons.SyncGroup | FaultReasons.NamespaceRemoved;

    /// <summary>Faults that only trying again can clear.</summary>
    private const FaultReasons RefusalFaults = FaultReasons.BindFailed | FaultReasons.SendFailed;

    /// <summary>Faults that are known here only, and not to whoever observes the host.</summary>
    private const FaultReasons InternalFaults = RefusalFaults | FaultReasons.SyncGroup;

    /// <summary>Faults that let nothing out, so that not even a resignation can be sent.</summary>
    private const FaultReasons SilencingFaults
        = FaultReasons.InterfaceMissing | FaultReasons.InterfaceDown | FaultReasons.NoPrimaryIPAddress | FaultReasons.SendFailed
        | FaultReasons.CannotSpeak;

    private void ChangeFaults(FaultReasons faults, LastEvent cause, Instant now, EffectBuffer effects)
    {
        _faultRetryAt = (faults & RefusalFaults) == FaultReasons.None ? Instant.Never : _faultRetryAt;
        if (faults == Faults)
        {
            return;
        }

        Faults = faults;

        if (faults == FaultReasons.None)
        {
            if (State == RouterState.Fault)
            {
                Rejoin(cause, now, effects);
            }

            return;
        }

        switch (State)
        {
            case RouterState.Master when (faults & ~ServableFaults) == FaultReasons.None:
                BeginLeaving(RouterState.Fault, cause, 0, now, effects);
                break;
            case RouterState.Leaving when (faults & ~ServableFaults) == FaultReasons.None:
                if (_leaving.Target == RouterState.Backup)
                {
                    _leaving.Target = RouterState.Fault;
                    _leaving.Cause = cause;
                }

                break;
            case RouterState.Leaving when _leaving.Target is RouterState.Initialize or RouterState.Suspended:
                EndLeaving(now, effects);
                break;
            case RouterState.Master or RouterState.Leaving:
                _release.Cancel();
                effects.Add(EffectKind.ReleaseAll);
                if (State == RouterState.Master && !_takingOver && (faults & SilencingFaults) == FaultReasons.None)
                {
                    // Nothing can be handed over, but nobody has to wait for Master_Down_Interval either.
                    effects.Send(0);
                }

                Become(RouterState.Fault, cause, default, 0, effects);
                break;
            case RouterState.Backup:
                _release.Abandon(effects);
                Become(RouterState.Fault, cause, default, 0, effects);
                break;
        }
    }

    private void OnKernelRefusal(FaultReasons refusal, LastEvent cause, Instant now, EffectBuffer effects)
    {
        _faultRetryAt = now + FaultRetryDelay;
        ChangeFaults(Faults | refusal, cause, now, effects);
    }
}
