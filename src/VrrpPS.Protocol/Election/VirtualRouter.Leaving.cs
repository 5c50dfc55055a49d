namespace VrrpPS.Protocol.Election;

/// <content>
/// Leaving: make before break. RFC 9568 sections 6.4.2 and 6.4.3 let a Master fall silent the moment it resigns, which loses
/// every packet until the successor has bound and announced the addresses. This one resigns once and serves on until then.
/// </content>
public sealed partial class VirtualRouter
{
    private void OnLeave(RouterState target, LastEvent cause, bool force, long limit, Instant now, EffectBuffer effects)
    {
        switch (State)
        {
            case RouterState.Master:
                BeginLeaving(target, cause, limit, now, effects);
                if (force)
                {
                    EndLeaving(now, effects);
                }

                break;
            case RouterState.Leaving:
                if (target == RouterState.Initialize || _leaving.Target != RouterState.Initialize)
                {
                    _leaving.Target = target;
                    _leaving.Cause = cause;
                    if (limit > 0)
                    {
                        _release.Limit = Instant.Min(_release.Limit, now + limit);
                    }
                }

                if (force)
                {
                    EndLeaving(now, effects);
                }

                break;
            default:
                // 9568-6.4.2-6
                _release.Abandon(effects);
                Become(target, cause, default, 0, effects);
                break;
        }
    }

    private void OnHandOver(long hold, long limit, Instant now, EffectBuffer effects)
    {
        if (State != RouterState.Master)
        {
            return;
        }

        Held = true;
        _holdEnds = hold > 0 ? now + hold : Instant.Never;
        BeginLeaving(RouterState.Backup, LastEvent.HandOver, limit, now, effects);
    }

    private void BeginLeaving(RouterState target, LastEvent cause, long limit, Instant now, EffectBuffer effects)
    {
        var interval = Parameters.AdvertisementInterval;
        long bound = limit > 0 ? limit : ElectionTimers.HandoverLimit(interval);
        _release.Begin(Parameters.AddressCount, now + bound);

        // One more resignation only after every Backup had twice its Skew_Time: repeating it sooner would re-arm their timers
        // each time. Priority 1 has the greatest skew.
        long greatestSkew = ElectionTimers.SkewTime(Parameters.Version, 1, interval);
        _leaving = new LeavingData
        {
            Target = target,
            Cause = cause,
            Since = now,
            ResignAgainAt = now + (2 * greatestSkew),
        };

        _renewAt = Parameters.Lease > 0 ? Instant.Max(now, _leaseEnds - (Parameters.Lease / 2)) : Instant.Never;

        // 9568-6.4.3-8
        effects.Send(0);
        Become(RouterState.Leaving, cause, default, 0, effects);
    }

    private void OnLeavingAdvertisement(in AdvertisementInfo advertisement, Instant now)
    {
        if (advertisement.Priority == 0 || !advertisement.SharesAddress)
        {
            // Another router that leaves too, or one that will never serve our addresses, is no successor.
            return;
        }

        if (Parameters.Version == VrrpVersion.V3)
        {
            // As the Backup that the router may become, it has to wait for this Master at this Master's pace (9568-6.4.3-11).
            MasterInterval = advertisement.Interval;
        }

        if (_leaving.Successor != advertisement.Source)
        {
            _leaving.Successor = advertisement.Source;
            _leaving.SuccessorCount = 0;
        }

        _leaving.SuccessorPriority = advertisement.Priority;
        _leaving.SuccessorCount++;
        _leaving.ResignAgainAt = Instant.Never;
        MasterAddress = advertisement.Source;
        MasterPriority = advertisement.Priority;
        if (_leaving.SuccessorCount == 2)
        {
            // No announcement came through, but a Master that advertises a second time has long bound its addresses.
            _release.Limit = Instant.Min(_release.Limit, now + Parameters.AdvertisementInterval.Nanoseconds);
        }
    }

    private void OnLeavingTime(Instant now, EffectBuffer effects)
    {
        if (LeaseEnded(now))
        {
            // The process stood still while leaving. Whatever the kernel took away stays away.
            EndLeaving(now, effects);
            return;
        }

        bool stays = _leaving.Target == RouterState.Backup || (_leaving.Target == RouterState.Fault && Faults == FaultReasons.None);
        if (stays && _leaving.Successor.IsNone && now >= _release.Limit)
        {
            // Nobody wants the role: a move must not become an outage.
            RemainMaster(now, effects);
            return;
        }

        if (now >= _leaving.ResignAgainAt)
        {
            _leaving.ResignAgainAt = Instant.Never;
            effects.Send(0);
        }

        if (now >= _renewAt)
        {
            RenewLease(now, effects);
        }

        _release.Fire(now, effects);
        if (_release.Pending == 0)
        {
            EndLeaving(now, effects);
        }
    }

    private void RemainMaster(Instant now, EffectBuffer effects)
    {
        effects.Report(ReportKind.NoSuccessor, nanoseconds: now - _leaving.Since);
        BecomeMaster(LastEvent.NoSuccessor, NewMasterReason.Priority, now, effects);
    }

    private void EndLeaving(Instant now, EffectBuffer effects)
    {
        _release.Abandon(effects);
        var successor = _leaving.Successor;
        effects.Report(
            successor.IsNone ? ReportKind.NoSuccessor : ReportKind.HandedOver,
            successor,
            _leaving.SuccessorPriority,
            now - _leaving.Since);
        switch (_leaving.Target)
        {
            case RouterState.Backup:
                BecomeBackup(_leaving.Cause, successor, _leaving.SuccessorPriority, now, effects);
                break;
            case RouterState.Fault when Faults == FaultReasons.None:
                BecomeBackup(LastEvent.FaultCleared, successor, _leaving.SuccessorPriority, now, effects);
                break;
            default:
                Become(_leaving.Target, _leaving.Cause, successor, _leaving.SuccessorPriority, effects);
                break;
        }
    }
}
