using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>Carries out what the router asks for, in the order it asks.</content>
internal sealed partial class RouterHost
{
    private const int NetlinkKey = 1005;
    private const int PromotionKey = 1006;

    private bool _isRepeated;
    private bool _owesAnnouncements;
    private Instant _decideAgainAt = Instant.Never;
    private int _sendErrno;

    /// <summary>The kernel refused an advertisement of this router; looked at when the step that sent it ends.</summary>
    public void NoteSendError(int errorNumber)
    {
        Counters.SendErrors++;
        _sendErrno = errorNumber;
    }

    /// <summary>
    /// Whether what was decided on is too old to leave: this thread stood still in between, and somebody may have taken over.
    /// What has arrived is taken in and the decision made anew, once; then it leaves however late it is.
    /// </summary>
    public bool HoldsBack(Instant decided, Instant now, bool isAdvertisement)
    {
        if (_isRepeated || now - decided <= Configuration.AdvertisementInterval.Nanoseconds / 2)
        {
            return false;
        }

        _decideAgainAt = now;
        _owesAnnouncements |= !isAdvertisement;
        return true;
    }

    private void DecideAgain(Instant now)
    {
        _decideAgainAt = Instant.Never;
        bool owes = _owesAnnouncements;
        _owesAnnouncements = false;

        // As after a sleep of no length: the advertisement is due at once.
        Run(Input.Slept(0), now);
        Run(Input.Tick(), now);
        if (owes && Router.State == RouterState.Master)
        {
            AnnounceAll(isCorrection: false, now);
        }
    }

    private void Run(in Input input, Instant now)
    {
        Input? next = input;
        while (next is { } current)
        {
            _effects.Clear();
            Step(current, now, _effects);
            next = CarryOut(now);
        }

        PublishIfChanged(now);
        NotifyPriority();
        FinishLeaving();
    }

    private void Step(in Input input, Instant now, EffectBuffer effects)
    {
        _recording?.Before(Router, now);
        Router.Step(input, now, effects);
        _recording?.After(input, now, effects.Span);
    }

    private Input? CarryOut(Instant now)
    {
        var effects = _effects.Span;
        bool isCorrection = true;
        for (int i = 0; i < effects.Length; i++)
        {
            ref readonly var effect = ref effects[i];
            switch (effect.Kind)
            {
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
                    break;
                case EffectKind.AnnounceAll:
                    AnnounceAll(isCorrection, now);
                    break;
                case EffectKind.AnnounceAddress:
                    Announce(effect.AddressIndex, now);
                    break;
                case EffectKind.Transition:
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
        if (Link is not { } link)
        {
            return false;
        }

        _loop.Sender.Flush();
        var batch = _loop.Batch;
        batch.Clear();
        if (index < 0)
        {
            Addresses.AppendBindAll(link, batch);
        }
        else
        {
            Addresses.AppendBind(index, link, batch);
        }

        // The guard learns of an address before the kernel does: dying in between must not leave it behind.
        _loop.GuardChanged();
        bool bound = Commit(batch);
        ReportForeign();
        Dirty();
        return bound;
    }

    private void EnsurePromotion(Links.Link link)
    {
        if (link.PromotesSecondaries is not null || !Addresses.WantsWide)
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
            _refusal = exception.Message;
            if (_limiter.Allows(NetlinkKey, MonotonicClock.Now))
            {
                Report(VrrpEventKind.KernelRefused, exception.Message, isWarning: true);
            }

            foreach (ref readonly var request in batch.Results)
            {
                if (!request.IsDelete)
                {
                    Addresses.MarkBound(request.Assignment.Address);
                }
            }

            _loop.RequestReload();
            return -1;
        }
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
                Addresses.MarkBound(result.Assignment.Address);
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
        if (_frames is not { } frames || Link is not { } link)
        {
            return;
        }

        var style = Configuration.Version == VrrpVersion.V3 && Configuration.AddressFamily == AddressFamily.IPv4
            ? _checksum.Current(now)
            : ChecksumStyle.Auto;
        frames.Advertisement.SetPriority(priority);
        if (style == ChecksumStyle.Both)
        {
            SendAdvertisement(frames, link, ChecksumStyle.PseudoHeader, priority, now);
            SendAdvertisement(frames, link, ChecksumStyle.Rfc9568, priority, now);
        }
        else
        {
            SendAdvertisement(frames, link, style, priority, now);
        }

        Counters.AdvertisementSent++;
        if (priority == 0)
        {
            Counters.PriorityZeroSent++;
        }
    }

    private void SendAdvertisement(RouterFrames frames, Links.Link link, ChecksumStyle style, byte priority, Instant now)
    {
        // A resignation is never too late.
        var decided = priority == 0 ? Instant.Never : now;
        var advertisement = frames.Advertisement;
        if (advertisement.ChecksumStyle != style)
        {
            _ = advertisement.TrySetChecksumStyle(style);
        }

        Sign(advertisement);
        uint sequence = advertisement.IsAuthenticated ? _sequence.Next() : 0;
        if (Configuration.UnicastPeers.Count == 0)
        {
            advertisement.Authenticate(sequence);
            _loop.Sender.Add(link.Index, advertisement.Frame, this, decided, isAdvertisement: true);
            return;
        }

        if (decided != Instant.Never && HoldsBack(decided, MonotonicClock.Now, isAdvertisement: true))
        {
            return;
        }

        foreach (var peer in Configuration.UnicastPeers.AsSpan())
        {
            _ = advertisement.TrySetDestination(peer);
            advertisement.Authenticate(sequence);
            var packet = advertisement.IsAuthenticated ? advertisement.Packet : advertisement.Payload;
            if (_unicast is { } socket && !socket.Send(peer, packet, out int errorNumber))
            {
                NoteSendError(errorNumber);
            }
        }
    }

    private Input? SendFailure()
    {
        if (_sendErrno == 0)
        {
            return null;
        }

        int errno = _sendErrno;
        _sendErrno = 0;
        if (errno is not (Errno.EPERM or Errno.EACCES) || Router.State != RouterState.Master)
        {
            // A full queue or a link that just went down: the next advertisement, or the link's own event, tells.
            return null;
        }

        Report(VrrpEventKind.KernelRefused, $"Cannot send advertisements: {Errno.Name(errno)} ({Errno.Describe(errno)}). A local firewall's OUTPUT rules may drop protocol 112.", isWarning: true);
        return Input.SendFailed();
    }
}
