namespace VrrpPS.Protocol.Election;

/// <summary>One thing the router asks for or says. Which fields mean something depends on <see cref="Kind"/>.</summary>
public readonly record struct Effect
{
    /// <summary>What to do.</summary>
    public EffectKind Kind { get; init; }

    /// <summary>The priority to advertise.</summary>
    public byte Priority { get; init; }

    /// <summary>The position in the configured address list.</summary>
    public int AddressIndex { get; init; }

    /// <summary>How often each address is to be announced; 0 means once.</summary>
    public int Copies { get; init; }

    /// <summary>The state before a transition.</summary>
    public RouterState From { get; init; }

    /// <summary>The state after a transition.</summary>
    public RouterState To { get; init; }

    /// <summary>What caused a transition.</summary>
    public LastEvent Event { get; init; }

    /// <summary>The finding.</summary>
    public ReportKind Report { get; init; }

    /// <summary>The other router involved, or none.</summary>
    public InetAddress Peer { get; init; }

    /// <summary>The other router's priority, where one is involved.</summary>
    public byte PeerPriority { get; init; }

    /// <summary>The duration that a finding is about.</summary>
    public long Nanoseconds { get; init; }

    /// <summary>With <see cref="EffectKind.Transition"/>: the Master after it, of one that leaves for good its successor; none when unknown.</summary>
    /// <param name="own">The router's own address.</param>
    public InetAddress MasterAfter(InetAddress own) => To switch
    {
        RouterState.Master or RouterState.Leaving => own,
        RouterState.Backup => Peer,
        _ => From == RouterState.Leaving ? Peer : default,
    };
}
