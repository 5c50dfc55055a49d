using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>Carries out what the router asks for, in the order it asks.</content>
internal sealed partial class RouterHost
{
    private const int NetlinkKey = 1005;
    private const int PromotionKey = 1006;

    private bool _isRepeated;
    private bool _owesAnnouncements;
    private bool _owesBind;
    private Instant _decideAgainAt = Instant.Never;

    /// <summary>
    /// Whether what was decided on is too old to leave: this thread stood still in between, and somebody may have taken over.
    /// What has arrived is taken in and the decision made anew, once; then it leaves however late it is.
    /// </summary>
    public bool HoldsBack(Instant decided, Instant now, bool isAdvertisement)
    {
        if (_isRepeated || now - decided <= _sending.Interval / 2)
        {
            return false;
        }

        _decideAgainAt = now;
        _loop.Touch(this);
        _owesAnnouncements |= !isAdvertisement;
        return true;
    }

    private void DecideAgain(Instant now)
    {
        _decideAgainAt = Instant.Never;
        bool owes = _owesAnnouncements;
        bool owesBind = _owesBind;
        _owesAnnouncements = false;
        _owesBind = false;

        // As after a sleep of no length: the advertisement is due at once.
        Run(Input.Slept(0), now);
        Run(Input.Tick(), now);
        if (Router.State != RouterState.Master)
        {
            return;
        }

        if (owesBind && !Bind(-1))
        {
            Run(Input.BindFailed(), now);
            return;
        }

        if (owes)
        {
            AnnounceAll(isCorrection: false, Configuration.Announcement.Copies, now);
        }
    }

    private void Run(in Input input, Instant now)
    {
        var effects = _loop.Effects.Rent();
        Step(input, now, effects);
        while (CarryOut(effects.Span, now) is { } failure)
        {
            effects.Clear();
            Step(failure, now, effects);
        }

        _loop.Effects.Return(effects);
        PublishIfChanged(now);
        NotifyPriority();
        FinishLeaving();
    }

    private void Step(in Input input, Instant now, EffectBuffer effects)
    {
        _loop.Touch(this);
        _recording?.Before(Router, now);
        Router.Step(input, now, effects);
        _recording?.After(input, now, effects.Span);
    }

    private Input? CarryOut(ReadOnlySpan<Effect> effects, Instant now)
    {
        bool isCorrection = true;
        bool spoke = false;
        for (int i = 0; i < effects.Length; i++)
        {
            ref readonly var effect = ref effects[i];
            switch (effect.Kind)
            {
                case EffectKind.BindAll when spoke && PutsOffBind(now):
                case EffectKind.AnnounceAll when _owesBind:
                    break;
                case EffectKind.BindAll:
                    isCorrection = false;
                    if (!Bind(-1))
                    {
                        return Input.BindFailed();
                    }

                    break;
                case EffectKind.BindAddress:
                    if (!Bind(effect.AddressIndex))
                    {
                        return Input.BindFailed();
                    }

                    break;
                case EffectKind.ReleaseAll:
                    Release([]);
                    break;
                case EffectKind.ReleaseAddress:
                    int first = i;
                    while (i + 1 < effects.Length && effects[i + 1].Kind == EffectKind.ReleaseAddress)
                    {
                        i++;
                    }

                    Release(effects[first..(i + 1)]);
                    break;
                case EffectKind.RenewLease:
                    _renewalDecided = now;
                    break;
                case EffectKind.SendAdvertisement:
                    SendAdvertisement(effect.Priority, now);
                    spoke = true;
                    break;
                case EffectKind.AnnounceAll:
                    AnnounceAll(isCorrection, Math.Max(1, effect.Copies), now);
                    break;
                case EffectKind.AnnounceAddress:
                    Announce(effect.AddressIndex, now);
                    break;
                case EffectKind.Transition:
                    // What the others wait for leaves before anybody here is told why.
                    _loop.Sender.Flush();
                    OnTransition(effect);
                    break;
                case EffectKind.Report:
                    OnReport(effect, now);
                    break;
            }
        }

        return SendFailure();
    }

    private bool Bind(int index)
    {
        if (Link is null || !RaiseVirtualMac() || !TryRefreshRefused())
        {
            return false;
        }

        _loop.Sender.Flush();
        var batch = _loop.Batch;
        batch.Clear();
        bool complete = index < 0 ? Addresses.AppendBindAll(batch) : Addresses.AppendBind(index, batch);

        // The guard learns of an address before the kernel does: dying in between must not leave it behind.
        _loop.GuardAlso(this);
        bool bound = Commit(batch) && complete;
        if (bound)
        {
            InstallRoutes();
        }

        ReportForeign();
        Dirty();
        return bound;
    }

    private void EnsurePromotion()
    {
        for (int i = 0; i < Addresses.Count; i++)
        {
            if (Addresses.LinkOf(i) is { } link)
            {
                EnsurePromotion(link);
            }
        }
    }

    private void EnsurePromotion(Links.Link link)
    {
        if (link.PromotesSecondaries is not null || !Addresses.WantsWideOn(link))
        {
            return;
        }

        string? problem = Links.SecondaryPromotion.Ensure(link.Name, out bool changed);
        link.PromotesSecondaries = problem is null;
        if (problem is not null)
        {
            Report(VrrpEventKind.Information, $"Binding /32: promote_secondaries of {link.Name} cannot be switched on ({problem}), and without it a wider leased address can take others with it.");
        }
        else if (changed && _limiter.Allows(PromotionKey, MonotonicClock.Now))
        {
            Report(VrrpEventKind.Information, $"Switched promote_secondaries of {link.Name} on, so that no address of the host goes with a virtual one.");
        }
    }

    /// <summary>
    /// Sends a batch; how many the kernel refused, or -1 when it could not be reached (no memory, no buffer). That is this
    /// router's misfortune, not the end of all instances. What was asked for counts as bound then: perhaps it is.
    /// </summary>
    private int CommitAll(AddressBatch batch)
    {
        try
        {
            return batch.Commit();
        }
        catch (KernelException exception)
        {
            OnUnreachable(exception, batch.Results);
            return -1;
        }
    }

    private void OnUnreachable(KernelException exception, ReadOnlySpan<AddressBatchResult> requests)
    {
        _refusal = exception.Message;
        if (_limiter.Allows(NetlinkKey, MonotonicClock.Now))
        {
            Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
        }

        foreach (ref readonly var request in requests)
        {
            if (!request.IsDelete)
            {
                Addresses.MarkBound(request.Assignment.InterfaceIndex, request.Assignment.Address);
            }
        }

        _loop.RequestReload();
    }

    private bool Commit(AddressBatch batch)
    {
        bool bound = CommitAll(batch) >= 0;
        foreach (ref readonly var result in batch.Results)
        {
            if (result.IsDelete)
            {
                continue;
            }

            if (result.Succeeded)
            {
                Addresses.MarkBound(result.Assignment.InterfaceIndex, result.Assignment.Address);
            }
            else
            {
                bound = false;
                Report(VrrpEventKind.KernelRefused, result.ToException().Message, isWarning: true);
            }
        }

        return bound;
    }

    private void SendAdvertisement(byte priority, Instant now)
    {
        if (_frames is not { } frames || Link is not { } link || _sending.MissesPeer)
        {
            return;
        }

        var style = _sending.HasStyles ? _checksum.Current(now) : ChecksumStyle.Auto;
        frames.Advertisement.SetPriority(priority);
        if (style == ChecksumStyle.Both)
        {
            SendAdvertisement(frames.Advertisement, link, ChecksumStyle.PseudoHeader, priority, now);
            SendAdvertisement(frames.Advertisement, link, ChecksumStyle.Rfc9568, priority, now);
        }
        else
        {
            SendAdvertisement(frames.Advertisement, link, style, priority, now);
        }

        CountSent(priority);
        if (frames.Version2 is { } version2)
        {
            // 9568-8.4.2-1. After version 3, so that whoever hears both has heard that one when the copy comes.
            version2.SetPriority(priority);
            SendAdvertisement(version2, link, ChecksumStyle.Auto, priority, now);
            CountSent(priority);
            Counters.Version2Sent++;
        }
    }

    private void CountSent(byte priority)
    {
        Counters.AdvertisementSent++;
        if (priority == 0)
        {
            Counters.PriorityZeroSent++;
        }
    }

    private void SendAdvertisement(AdvertisementFrame advertisement, Links.Link link, ChecksumStyle style, byte priority, Instant now)
    {
        // A resignation is never too late.
        var decided = priority == 0 ? Instant.Never : now;
        if (advertisement.ChecksumStyle != style)
        {
            _ = advertisement.TrySetChecksumStyle(style);
        }

        Sign(advertisement);
        uint sequence = advertisement.IsAuthenticated ? _sequence.Next() : 0;
        if (_sending.IsMulticast)
        {
            advertisement.Authenticate(sequence);
            _offered++;
            _loop.Sender.Add(link.Index, advertisement.Frame, this, decided, isAdvertisement: true);
            return;
        }

        if (decided != Instant.Never && HoldsBack(decided, MonotonicClock.Now, isAdvertisement: true))
        {
            return;
        }

        foreach (var peer in Configuration.UnicastPeers.AsSpan())
        {
            _offered++;
            _ = advertisement.TrySetDestination(peer);
            advertisement.Authenticate(sequence);
            var packet = advertisement.IsAuthenticated ? advertisement.Packet : advertisement.Payload;
            if (_unicast is { } socket && !socket.Send(peer, packet, out int errorNumber))
            {
                NoteSendError(errorNumber);
            }
        }
    }
}
