namespace VrrpPS.Protocol.Election;

/// <summary>Everything a virtual router can ask of the world, carried out in the order given.</summary>
public enum EffectKind
{
    /// <summary>
    /// Bind every address with a full lease; one that is still bound gets a full lease, too. If one is refused, the remaining effects of the step are dropped and
    /// <see cref="InputKind.BindFailed"/> is fed back.
    /// </summary>
    BindAll = 0,

    /// <summary>Bind one address again.</summary>
    BindAddress,

    /// <summary>Release every address.</summary>
    ReleaseAll,

    /// <summary>Release one address.</summary>
    ReleaseAddress,

    /// <summary>
    /// Renew the lease of every address that is bound, once the advertisement before it has left. One that was released while
    /// leaving stays released. It is asked for only when needed and belongs to that advertisement: a renewal without it, or
    /// long after it, lets the lease outlive a takeover. Whoever stood still in between drops it and decides again
    /// (<see cref="Input.Slept"/> of no length, then the time).
    /// </summary>
    RenewLease,

    /// <summary>Send an advertisement with <see cref="Effect.Priority"/>.</summary>
    SendAdvertisement,

    /// <summary>Announce every address (gratuitous ARP, unsolicited NA).</summary>
    AnnounceAll,

    /// <summary>Announce one address.</summary>
    AnnounceAddress,

    /// <summary>The state changed. Always the last effect of a takeover, so that an observed Master serves already.</summary>
    Transition,

    /// <summary>Something an operator wants to know; see <see cref="Effect.Report"/>.</summary>
    Report,
}
