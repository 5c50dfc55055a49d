namespace VrrpPS.Protocol.Wire;

/// <summary>
/// Signs and verifies the advertisements of one virtual router with <see cref="HmacTrailer"/>. It has no clock: whoever calls says
/// the time. Nothing is allocated after it was made. Not safe for concurrent use.
/// </summary>
public sealed class HmacAuthenticator
{
    private readonly byte[]?[] _keys = new byte[256][];
    private readonly HmacSenders _senders;
    private HmacSequence _sequence;

    /// <summary>Makes one without keys.</summary>
    public HmacAuthenticator(HmacSettings settings)
    {
        Settings = settings;
        _senders = new HmacSenders(Math.Max(4, settings.Senders));
    }

    /// <summary>What it goes by.</summary>
    public HmacSettings Settings { get; }

    /// <summary>Whether advertisements are signed.</summary>
    public bool Signs => Settings.Mode != HmacMode.ReceiveOnly;

    /// <summary>Takes a key; one with the same id is replaced.</summary>
    /// <param name="id">1..255.</param>
    /// <param name="key">32 to 64 bytes; a copy is kept.</param>
    /// <exception cref="ArgumentException">The id or the length is out of range.</exception>
    public void AddKey(byte id, ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfZero(id);
        if (key.Length is < HmacTrailer.MinKeyLength or > HmacTrailer.MaxKeyLength)
        {
            throw new ArgumentException($"A key has {HmacTrailer.MinKeyLength} to {HmacTrailer.MaxKeyLength} bytes.", nameof(key));
        }

        _keys[id] = key.ToArray();
    }

    /// <summary>
    /// Goes on where another left off, so that a changed configuration neither repeats a sequence nor accepts one again.
    /// </summary>
    public void Continue(HmacAuthenticator other)
    {
        _sequence = other._sequence;
        _senders.Adopt(other._senders);
    }

    /// <summary>Writes a trailer with a new sequence at the end of a payload whose message is in place.</summary>
    /// <param name="payload">The message and room for a trailer.</param>
    /// <param name="source">The packet's source address.</param>
    /// <param name="unixNanoseconds">UTC since 1970 in nanoseconds.</param>
    /// <exception cref="InvalidOperationException">The active key was never added.</exception>
    public void Sign(Span<byte> payload, InetAddress source, long unixNanoseconds)
    {
        byte[] key = _keys[Settings.ActiveKey] ?? throw new InvalidOperationException("The active key is not among the keys.");
        HmacTrailer.Write(payload, source, Settings.ActiveKey, key, _sequence.Next(unixNanoseconds, Settings.WindowSeconds));
    }

    /// <summary>Judges a payload: the cheap checks first, and nothing is remembered of what is not authentic.</summary>
    /// <param name="payload">The IP payload without padding.</param>
    /// <param name="source">The packet's source address.</param>
    /// <param name="unixNanoseconds">UTC since 1970 in nanoseconds.</param>
    public DecodeError Verify(ReadOnlySpan<byte> payload, InetAddress source, long unixNanoseconds)
    {
        if (!HmacTrailer.IsPresent(payload, source.Family))
        {
            return Settings.Mode == HmacMode.Enforce ? DecodeError.HmacMissing : DecodeError.None;
        }

        var trailer = payload[^HmacTrailer.Length..];
        if (trailer[0] != HmacTrailer.Scheme || trailer.Slice(HmacTrailer.ReservedOffset, 2).ContainsAnyExcept((byte)0))
        {
            return DecodeError.HmacMalformed;
        }

        ulong sequence = HmacTrailer.Sequence(trailer);
        if (Settings.WindowSeconds > 0 && Math.Abs((long)HmacSequence.Age(sequence, unixNanoseconds)) > Settings.WindowSeconds)
        {
            return DecodeError.HmacStale;
        }

        if (_keys[trailer[HmacTrailer.KeyIdOffset]] is not { } key)
        {
            return DecodeError.HmacUnknownKey;
        }

        if (!HmacTrailer.Verify(payload, source, key))
        {
            return DecodeError.HmacInvalid;
        }

        return _senders.TryAccept(source, sequence, unixNanoseconds, Settings.WindowSeconds) ? DecodeError.None : DecodeError.HmacReplay;
    }
}
