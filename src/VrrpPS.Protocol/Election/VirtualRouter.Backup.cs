namespace VrrpPS.Protocol.Election;

/// <content>The Backup state (RFC 9568 section 6.4.2).</content>
public sealed partial class VirtualRouter
{
    private void BecomeBackup(LastEvent lastEvent, InetAddress master, byte masterPriority, Instant now, EffectBuffer effects)
    {
        MasterAddress = master;
        MasterPriority = masterPriority;
        if (master.IsNone || Parameters.Version == VrrpVersion.V2)
        {
            MasterInterval = Parameters.AdvertisementInterval;
        }

        _backup = new BackupData
        {
            DownDeadline = now + MasterDownInterval,
            EligibleAt = _startupEnds,
            PreemptAt = Instant.Never,
        };
        Become(RouterState.Backup, lastEvent, master, masterPriority, effects);
    }

    private void OnBackupAdvertisement(in AdvertisementInfo advertisement, Instant now, EffectBuffer effects)
    {
        if (advertisement.Priority == 0)
        {
            // 9568-6.4.2-8. Only the Master's own resignation arms the short timer; repeating it must not push the takeover back.
            if (!_backup.Resigned)
            {
                NoteMaster(advertisement);
                _backup.Resigned = true;
                _backup.DownDeadline = now + SkewTime;
            }

            return;
        }

        if (IsOwner && advertisement.Priority == 255)
        {
            ReportTwoOwners(advertisement, now, effects);
        }

        if (!Preempts || advertisement.Priority >= Priority)
        {
            // 9568-6.4.2-9
            _backup.PreemptAt = Instant.Never;
            _backup.LowerAliveUntil = default;
            Follow(advertisement, now);
            return;
        }

        // 9568-6.4.2-10: the timer runs on, unless the preempt delay has not ended yet. Who resigned stays the reason for what follows.
        if (!_backup.Resigned)
        {
            NoteMaster(advertisement);
        }

        var interval = Parameters.Version == VrrpVersion.V3 ? advertisement.Interval : Parameters.AdvertisementInterval;
        _backup.LowerAliveUntil = now + ElectionTimers.Silence(interval, Parameters.MissedAdvertisements);
        if (Parameters.PreemptDelay > 0 && !IsOwner)
        {
            if (_backup.PreemptAt == Instant.Never)
            {
                long delay = _flapping.Lengthen(Parameters.PreemptDelay, now);
                _backup.PreemptAt = now + delay;
                effects.Report(ReportKind.PreemptDelayed, advertisement.Source, advertisement.Priority, delay);
            }

            if (now < _backup.PreemptAt)
            {
                Follow(advertisement, now);
            }
        }
    }

    private void Follow(in AdvertisementInfo advertisement, Instant now)
    {
        NoteMaster(advertisement);
        _backup.Resigned = false;
        if (Parameters.Version == VrrpVersion.V3)
        {
            MasterInterval = advertisement.Interval;
        }

        _backup.DownDeadline = now + MasterDownInterval;
    }

    private void NoteMaster(in AdvertisementInfo advertisement)
    {
        MasterAddress = advertisement.Source;
        MasterPriority = advertisement.Priority;
    }

    private void OnMasterDown(Instant now, EffectBuffer effects)
    {
        // 9568-6.4.2-7. The reason is what the last Master did: it resigned, it was lower, or it fell silent.
        bool lower = now < _backup.LowerAliveUntil;
        var (lastEvent, reason) = (_backup.Resigned, lower) switch
        {
            (true, _) => (LastEvent.MasterResigned, NewMasterReason.Priority),
            (_, true) when IsOwner => (LastEvent.OwnerPreempt, NewMasterReason.Preempted),
            (_, true) when _backup.PreemptAt != Instant.Never => (LastEvent.PreemptHoldTimeout, NewMasterReason.Preempted),
            (_, true) => (LastEvent.LowerPriorityMaster, NewMasterReason.Preempted),
            _ => (LastEvent.MasterTimeout, NewMasterReason.NoResponse),
        };
        if (reason == NewMasterReason.Preempted)
        {
            _flapping.Preempted(now);
        }

        BecomeMaster(lastEvent, reason, now, effects);
    }

    private void ReportTwoOwners(in AdvertisementInfo advertisement, Instant now, EffectBuffer effects)
    {
        // RFC 9568 section 8.3.2, at a limited rate
        if (now >= _nextOwnersReport)
        {
            _nextOwnersReport = now + ReportGap;
            effects.Report(ReportKind.TwoOwners, advertisement.Source, advertisement.Priority);
        }
    }
}
