namespace VrrpPS.Protocol.Election;

/// <summary>The effects of one step, in order. One buffer is reused for ever, so that a step allocates nothing.</summary>
public sealed class EffectBuffer
{
    private Effect[] _effects = new Effect[16];
    private int _count;

    /// <summary>The effects so far.</summary>
    public ReadOnlySpan<Effect> Span => _effects.AsSpan(0, _count);

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>Empties the buffer.</summary>
    public void Clear() => _count = 0;

    /// <summary>Appends an effect. Grows only when a router has more addresses to release at once than ever before.</summary>
    public void Add(in Effect effect)
    {
        if (_count == _effects.Length)
        {
            Array.Resize(ref _effects, _count * 2);
        }

        _effects[_count++] = effect;
    }

    internal void Add(EffectKind kind) => Add(new Effect { Kind = kind });

    internal void AddAddress(EffectKind kind, int index) => Add(new Effect { Kind = kind, AddressIndex = index });

    internal void Announce(int copies) => Add(new Effect { Kind = EffectKind.AnnounceAll, Copies = copies > 1 ? copies : 0 });

    internal void Send(byte priority) => Add(new Effect { Kind = EffectKind.SendAdvertisement, Priority = priority });

    internal void Report(ReportKind report, InetAddress peer = default, byte peerPriority = 0, long nanoseconds = 0, int addressIndex = 0) => Add(new Effect
    {
        Kind = EffectKind.Report,
        Report = report,
        Peer = peer,
        PeerPriority = peerPriority,
        Nanoseconds = nanoseconds,
        AddressIndex = addressIndex,
    });
}
