namespace VrrpPS.Protocol.Election;

/// <content>The Master state (RFC 9568 section 6.4.3).</content>
public sealed partial class VirtualRouter
{
    /// <summary>A rival must be heard this often in a row before it is reported: one advertisement may have been under way.</summary>
    private const int RivalThreshold = 2;

    /// <summary>The shortest gap between two reports of the same finding about other routers.</summary>
    private const long ReportGap = 10 * Instant.NanosecondsPerSecond;

    private void BecomeMaster(LastEvent lastEvent, NewMasterReason reason, Instant now, EffectBuffer effects)
    {
        var oldMaster = MasterAddress;
        byte oldPriority = MasterPriority;
        _release.Cancel();
        Held = false;
        _holdEnds = Instant.Never;
        MasterAddress = PrimaryAddress;
        MasterPriority = Priority;
        MasterInterval = Parameters.AdvertisementInterval;
        NewMasterReason = reason;

        // Bind before anything is said: a host that believes the announcement must find the address served (9568-8.1.2-2).
        effects.Add(EffectKind.BindAll);
        _master = new MasterData
        {
            Since = now,
            NextAdvertisement = FirstAfter(now),
            LastAdvertisement = now,
            LastAssertion = now,
        };
        effects.Send(Priority);
        effects.Announce(Parameters.AnnouncementCopies);
        _master.Announcements.Begin(Parameters, now);
        _takeoverFrom = State;
        Become(RouterState.Master, lastEvent, oldMaster, oldPriority, effects);
        RestartLease(now);
        _takingOver = true;
    }

    private void OnAdvertisement(in AdvertisementInfo advertisement, Instant now, EffectBuffer effects)
    {
        if (advertisement.Source == PrimaryAddress && !PrimaryAddress.IsNone)
        {
            // Our own advertisement reflected, or a duplicate of our address: answering it would be a storm with ourselves.
            return;
        }

        if (IgnoresCopy(advertisement, now))
        {
            // 9568-8.4.2-4
            return;
        }

        _bilingual.Hear(advertisement, Parameters.MissedAdvertisements, now);
        if (IsOwner && Parameters.OwnerIgnoresAdvertisements)
        {
            if (advertisement.Priority == 255)
            {
                ReportTwoOwners(advertisement, now, effects);
            }

            return;
        }

        switch (State)
        {
            case RouterState.Backup:
                OnBackupAdvertisement(advertisement, now, effects);
                break;
            case RouterState.Master when advertisement.Priority > 0 && IsOverdue(now):
                // We stood still for so long that others may take over, and one has: it keeps the role until it is preempted
                // in the ordinary way. Its advertisement counts as heard by a Backup.
                _release.Cancel();
                effects.Add(EffectKind.ReleaseAll);
                BecomeBackup(LastEvent.LeaseLost, advertisement.Source, advertisement.Priority, now, effects);
                OnBackupAdvertisement(advertisement, now, effects);
                break;
            case RouterState.Master:
                OnMasterAdvertisement(advertisement, now, effects);
                break;
            case RouterState.Leaving:
                OnLeavingAdvertisement(advertisement, now);
                break;
        }
    }

    /// <summary>
    /// What happened before a suspend is longer ago than the clock says. The ordinary rules for a Master that stood still follow
    /// from that: it listens, and yields to whoever has taken over.
    /// </summary>
    private void OnSlept(long nanoseconds, Instant now)
    {
        if (_leaseEnds != Instant.Never)
        {
            _leaseEnds -= nanoseconds;
        }

        if (State == RouterState.Master)
        {
            _master.LastAdvertisement -= nanoseconds;
            _master.WasDeaf = true;
            _master.NextAdvertisement = Instant.Min(_master.NextAdvertisement, now);
        }
    }

    private bool IsOverdue(Instant now)
        => LeaseEnded(now)
        || now - _master.LastAdvertisement >= GreatestSilence;

    /// <summary>A Master that was silent for so long may have been replaced.</summary>
    private long GreatestSilence => ElectionTimers.Silence(Parameters.AdvertisementInterval, Parameters.MissedAdvertisements);

    /// <summary>
    /// When the last Backup that could take over has done so. A process that merely stood still was not deaf: the kernel kept what came
    /// meanwhile, and all of it has been heard before the clock is read. Nobody there until now means that nobody has taken over yet,
    /// and to listen would be an outage until somebody does.
    /// </summary>
    private long LatestTakeover => ElectionTimers.MasterDownInterval(
        Parameters.Version, priority: 1, Parameters.AdvertisementInterval, Parameters.MissedAdvertisements);

    /// <summary>Whether a router with the highest priority that was named may have taken over.</summary>
    private bool MustYieldUnheard(Instant now) => Parameters.ExpiredTimerPriority > 0
        && now - _master.LastAdvertisement >= ElectionTimers.MasterDownInterval(
            Parameters.Version, Parameters.ExpiredTimerPriority, Parameters.AdvertisementInterval, Parameters.MissedAdvertisements);

    private void OnMasterAdvertisement(in AdvertisementInfo advertisement, Instant now, EffectBuffer effects)
    {
        if (advertisement.Priority == 0)
        {
            // 9568-6.4.3-10. The Backups that heard it wait for Skew_Time only, so an answer that comes too soon after another is
            // put off, not left out.
            var answerAt = Instant.Max(now, _master.LastAssertion + ElectionTimers.AssertionGap(Parameters.AdvertisementInterval));
            if (answerAt < _master.NextAdvertisement)
            {
                _master.NextAdvertisement = answerAt;
                _master.LastAssertion = answerAt;
            }

            OnMasterTime(now, 0, effects);
            return;
        }

        if (IsOwner && advertisement.Priority == 255)
        {
            ReportTwoOwners(advertisement, now, effects);
        }

        if (advertisement.Priority > Priority || (advertisement.Priority == Priority && advertisement.Source > PrimaryAddress))
        {
            Yield(advertisement, now, effects);
            return;
        }

        // 9568-6.4.3-12: assert the role at once and correct the switches, but never answer a storm with a storm.
        NoteRival(advertisement, now, effects);
        if (MayAssert(now))
        {
            if (Parameters.AnswerLowerPriority)
            {
                SendAdvertisement(now, effects);
            }

            if (Parameters.LowerPriorityCopies > 0)
            {
                effects.Announce(Parameters.LowerPriorityCopies);
                _master.Announcements.Answered(Parameters, now);
            }
        }
    }

    /// <summary>
    /// 9568-6.4.3-11, and beyond it: timers and advertisements change hands at once, the addresses are served until the winner
    /// announces them, because an implementation may advertise before it binds.
    /// </summary>
    private void Yield(in AdvertisementInfo advertisement, Instant now, EffectBuffer effects)
    {
        var interval = Parameters.AdvertisementInterval;
        if (Parameters.AdvertiseBeforeYielding && MayAssert(now))
        {
            SendAdvertisement(now, effects);
        }

        if (Parameters.Version == VrrpVersion.V3)
        {
            MasterInterval = advertisement.Interval;
        }

        if (advertisement.SharesAddress)
        {
            _release.Begin(Parameters.AddressCount, now + Math.Min(Instant.NanosecondsPerSecond, interval.Nanoseconds));
        }
        else
        {
            _release.Cancel();
            effects.Add(EffectKind.ReleaseAll);
            effects.Report(ReportKind.ForeignCluster, advertisement.Source, advertisement.Priority);
        }

        BecomeBackup(LastEvent.HigherPriorityBackup, advertisement.Source, advertisement.Priority, now, effects);
    }

    private void NoteRival(in AdvertisementInfo advertisement, Instant now, EffectBuffer effects)
    {
        bool same = _master.Rival == advertisement.Source;
        _master.Rival = advertisement.Source;
        _master.RivalCount = same ? _master.RivalCount + 1 : 1;
        if (_master.RivalCount >= RivalThreshold && now - _master.Since >= Parameters.AdvertisementInterval.Nanoseconds
            && now >= _master.NextRivalReport)
        {
            _master.NextRivalReport = now + ReportGap;
            effects.Report(ReportKind.RivalMaster, advertisement.Source, advertisement.Priority);
        }
    }

    private bool MayAssert(Instant now)
    {
        if (now - _master.LastAssertion < ElectionTimers.AssertionGap(Parameters.AdvertisementInterval))
        {
            return false;
        }

        _master.LastAssertion = now;
        return true;
    }

    private void OnMasterTime(Instant now, long advertisementSlack, EffectBuffer effects)
    {
        if (now + Math.Min(advertisementSlack, ElectionTimers.GreatestSlack(Parameters.AdvertisementInterval)) >= _master.NextAdvertisement)
        {
            // 9568-6.4.3-9
            OnAdvertisementTimer(now, effects);
        }
        else if (now >= _renewAt)
        {
            OnRenewalTimer(now, effects);
        }

        if (State == RouterState.Master && _master.Announcements.Fire(Parameters, now) is > 0 and int copies)
        {
            effects.Announce(copies);
        }
    }

    private void OnAdvertisementTimer(Instant now, EffectBuffer effects)
    {
        long interval = Parameters.AdvertisementInterval.Nanoseconds;
        long late = now - _master.NextAdvertisement;
        if (MustYieldUnheard(now))
        {
            effects.Add(EffectKind.ReleaseAll);
            BecomeBackup(LastEvent.TimerExpired, default, 0, now, effects);
            return;
        }

        if (LeaseEnded(now))
        {
            if (now - _master.LastAdvertisement >= (_master.WasDeaf ? GreatestSilence : LatestTakeover))
            {
                // Somebody may serve the addresses already, only we have not heard him: listen before speaking.
                effects.Add(EffectKind.ReleaseAll);
                BecomeBackup(LastEvent.LeaseLost, default, 0, now, effects);
                return;
            }

            effects.Add(EffectKind.BindAll);
            RestartLease(now);
            SendAdvertisement(now, effects);
            effects.Announce(copies: 1);
            effects.Report(ReportKind.LeaseRecovered, nanoseconds: late);
        }
        else
        {
            // The Backups count from the advertisement, so a process that freezes between the two must have sent it and not
            // renewed, never the other way round: the lease would outlive a takeover that the last advertisement heard allows.
            // Not needed while half of the lease will be left at the next advertisement: short intervals spare the kernel.
            SendAdvertisement(now, effects);
            if (Parameters.Lease > 0 && _leaseEnds - now < interval + (Parameters.Lease / 2))
            {
                RenewLease(now, effects);
            }

            if (late > interval / 2)
            {
                effects.Report(ReportKind.NearMiss, nanoseconds: late);
            }
        }

        // The next deadline counts from the deadline, not from the send, so that slack never adds up; after a stall it starts over.
        var next = FirstAfter(_master.NextAdvertisement);
        _master.NextAdvertisement = next > now ? next : FirstAfter(now);
    }

    /// <summary>
    /// When to advertise after an advertisement: an interval later, or before that if the router's phase comes first, so that it leaves
    /// together with those of the same phase. Half an interval at least is kept between them, for the one before may be that of a takeover
    /// with much to bind.
    /// </summary>
    private Instant FirstAfter(Instant advertisement)
    {
        long interval = Parameters.AdvertisementInterval.Nanoseconds;
        if (Parameters.Phase is not { } phase)
        {
            return advertisement + interval;
        }

        long sincePhase = (advertisement.Nanoseconds - phase) % interval;
        long gap = interval - (sincePhase < 0 ? sincePhase + interval : sincePhase);
        return advertisement + (gap >= interval / 2 ? gap : gap + (interval / 2));
    }

    /// <summary>
    /// Whether the lease is renewed when half of it is left, with or without an advertisement. A Master does so only if the
    /// lease is short enough to end before a takeover all the same: Backups count from its last advertisement, which may be an
    /// interval old. With the default lease a renewal belongs to an advertisement and comes right after it.
    /// </summary>
    private bool RenewsBetweenAdvertisements => State == RouterState.Leaving
        || Parameters.Lease + Instant.NanosecondsPerSecond
            <= ElectionTimers.Silence(Parameters.AdvertisementInterval, Parameters.MissedAdvertisements - 1);

    private void OnRenewalTimer(Instant now, EffectBuffer effects)
    {
        if (LeaseEnded(now))
        {
            _master.NextAdvertisement = now;
            OnAdvertisementTimer(now, effects);
        }
        else
        {
            RenewLease(now, effects);
        }
    }

    private void RenewLease(Instant now, EffectBuffer effects)
    {
        // Until it is confirmed; then RestartLease knows better.
        _renewAt = RenewsBetweenAdvertisements ? now + (Parameters.Lease / 8) : Instant.Never;
        effects.Add(EffectKind.RenewLease);
    }

    private void SendAdvertisement(Instant now, EffectBuffer effects)
    {
        _master.LastAdvertisement = now;
        _master.WasDeaf = false;
        effects.Send(Priority);
    }

    private void OnAddressRemoved(int index, Instant now, EffectBuffer effects)
    {
        switch (State)
        {
            case RouterState.Master when LeaseEnded(now):
                _master.NextAdvertisement = now;
                OnAdvertisementTimer(now, effects);
                return;
            case RouterState.Leaving when LeaseEnded(now):
                EndLeaving(now, effects);
                return;
            case RouterState.Master:
            case RouterState.Leaving when _release.Awaits(index):
                break;
            default:
                return;
        }

        effects.AddAddress(EffectKind.BindAddress, index);
        if (State == RouterState.Master || _leaving.Successor.IsNone)
        {
            effects.AddAddress(EffectKind.AnnounceAddress, index);
        }

        effects.Report(ReportKind.AddressRestored, addressIndex: index);
    }

    private void OnAddressAnnounced(int index, Instant now)
    {
        if (State == RouterState.Master)
        {
            // Switches now believe the other one. A little later, because the advertisement that makes us yield may be on its way.
            _master.Announcements.Correct(now);
        }
        else
        {
            _release.Announced(index, now);
        }
    }
}
