using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>The product's machine behind a wrapper that tampers with what goes in and what comes out.</summary>
internal sealed class FaultyRouter(NodeSettings settings, InjectedFault fault) : ProductRouter(Alter(settings, fault))
{
    private readonly EffectBuffer _inner = new();
    private Instant _nextStormSend = Instant.Never;

    // What the wrapped machine calls now is ahead of the world's clock by this.
    private long _ahead;

    public override Instant NextDeadline => fault switch
    {
        InjectedFault.Livelock when State == RouterState.Master => Instant.Zero,
        InjectedFault.NeverTakesOver when State == RouterState.Backup => Instant.Never,
        InjectedFault.Storm when State == RouterState.Master => Instant.Min(base.NextDeadline, _nextStormSend),
        InjectedFault.SkewZero when State == RouterState.Backup => base.NextDeadline - _ahead - Machine.SkewTime,
        InjectedFault.NoSkewAfterResignation when State == RouterState.Backup && Machine.MasterPriority == 0 && !Machine.MasterAddress.IsNone
            => base.NextDeadline - _ahead - Machine.SkewTime,
        InjectedFault.SkewZero or InjectedFault.NoSkewAfterResignation when base.NextDeadline != Instant.Never => base.NextDeadline - _ahead,
        _ => base.NextDeadline,
    };

    public override void Step(in Input input, Instant now, EffectBuffer effects)
    {
        switch (fault)
        {
            case InjectedFault.NeverYields when State == RouterState.Master && input.Kind == InputKind.Advertisement && input.Advertisement.Priority > 0:
            case InjectedFault.IgnoresLeaseEnd when input.Kind == InputKind.AddressRemoved:
            case InjectedFault.IgnoresSuspend when input.Kind == InputKind.Suspend:
                return;
            case InjectedFault.TieReversed when Ties(input):
                byte priority = (byte)(input.Advertisement.Priority + (input.Advertisement.Source < settings.Address ? 1 : -1));
                base.Step(Input.Received(input.Advertisement with { Priority = priority }), now, effects);
                return;
            case InjectedFault.YieldsToLower when State == RouterState.Master && input.Kind == InputKind.Advertisement && input.Advertisement.Priority > 0:
                base.Step(Input.Received(input.Advertisement with { Priority = 255 }), now, effects);
                return;
            case InjectedFault.SkewZero or InjectedFault.NoSkewAfterResignation
                when input.Kind == InputKind.Time && State == RouterState.Backup && NextDeadline <= now:
                _ahead = Math.Max(_ahead, base.NextDeadline - now);
                break;
        }

        _inner.Clear();
        if (fault == InjectedFault.IgnoresLeaseEnd)
        {
            base.Step(Input.LeaseRenewed(), now, _inner);
        }

        base.Step(input, now + _ahead, _inner);
        foreach (var effect in _inner.Span)
        {
            if (fault == InjectedFault.NeverReleases && effect.Kind is EffectKind.ReleaseAll or EffectKind.ReleaseAddress)
            {
                continue;
            }

            if (fault == InjectedFault.SpeaksBeforeItBinds && effect.Kind == EffectKind.BindAll)
            {
                effects.Add(new Effect { Kind = EffectKind.SendAdvertisement, Priority = Machine.Priority });
            }

            if (fault == InjectedFault.RenewsBeforeItSpeaks && effect.Kind == EffectKind.SendAdvertisement && Has(_inner, EffectKind.RenewLease))
            {
                effects.Add(new Effect { Kind = EffectKind.RenewLease });
            }
            else if (fault == InjectedFault.RenewsBeforeItSpeaks && effect.Kind == EffectKind.RenewLease && Has(_inner, EffectKind.SendAdvertisement))
            {
                continue;
            }

            effects.Add(effect);
            if (fault == InjectedFault.ReleasesBeforeSuccessor && effect is { Kind: EffectKind.Transition, To: RouterState.Leaving })
            {
                effects.Add(new Effect { Kind = EffectKind.ReleaseAll });
            }
        }

        if (fault == InjectedFault.Storm && State == RouterState.Master && (_nextStormSend <= now || _nextStormSend == Instant.Never))
        {
            effects.Add(new Effect { Kind = EffectKind.SendAdvertisement, Priority = Machine.Priority });
            _nextStormSend = now + (settings.Parameters.AdvertisementInterval.Nanoseconds / 100);
        }
    }

    private static bool Has(EffectBuffer effects, EffectKind kind)
    {
        foreach (var effect in effects.Span)
        {
            if (effect.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    private bool Ties(in Input input)
        => State == RouterState.Master && input.Kind == InputKind.Advertisement && input.Advertisement.Priority == Machine.Priority
        && Machine.Priority is > 1 and < 255;

    private static RouterParameters Alter(NodeSettings settings, InjectedFault fault)
        => fault == InjectedFault.NeverRenews ? settings.Parameters with { Lease = 0 } : settings.Parameters;
}
