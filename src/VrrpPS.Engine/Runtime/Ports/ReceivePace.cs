using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Ports;

/// <summary>
/// How one socket is listened to. Ordinarily every packet wakes the loop. Where very many routers advertise, nearly all that a packet
/// costs is the waking up: then the socket is taken out of the poll and looked at every <see cref="Slack"/>, by which an advertisement
/// may leave early as well. Under a flood it is looked at once a millisecond. Both also whenever the loop wakes up anyway, before any timer
/// fires, and until it is quiet again. The socket's buffer holds what arrives meanwhile.
/// </summary>
internal sealed class ReceivePace
{
    /// <summary>Between two looks at a flooded socket; a shorter <see cref="Slack"/> is not worth a look.</summary>
    public const long LookGap = Instant.NanosecondsPerMillisecond;

    private const long Window = 10 * Instant.NanosecondsPerMillisecond;

    /// <summary>Twenty thousand packets a second: more than 255 virtual routers send at 20 ms each.</summary>
    private const int FloodCount = 200;

    /// <summary>Two thousand packets a second: several for each look.</summary>
    private const int BusyCount = 20;

    private Instant _windowEnds;
    private int _count;
    private bool _isFlooded;

    /// <summary>By how many nanoseconds what arrives may be noticed late; 0, and less than <see cref="LookGap"/>, for not at all.</summary>
    public long Slack { get; set; }

    /// <summary>Whether the socket is out of the poll.</summary>
    public bool IsPaced { get; private set; }

    /// <summary>When to look at a paced socket; never otherwise.</summary>
    public Instant LookAt { get; private set; } = Instant.Never;

    /// <summary>How many packets in a window are too many for a wake-up each.</summary>
    private int GreatestCount => Slack >= LookGap ? BusyCount : FloodCount;

    /// <summary>Takes note of a drained socket; whether <see cref="IsPaced"/> has changed.</summary>
    public bool Drained(int packets, Instant now)
    {
        bool before = IsPaced;
        _count += packets;
        IsPaced |= _count >= GreatestCount;
        _isFlooded |= _count >= FloodCount;
        if (now >= _windowEnds)
        {
            // Half of what began it, so that a steady stream does not switch to and fro.
            IsPaced = IsPaced && _count >= GreatestCount / 2;
            _isFlooded = _isFlooded && _count >= FloodCount / 2;
            _windowEnds = now + Window;
            _count = 0;
        }

        LookAt = IsPaced ? now + (_isFlooded ? LookGap : Math.Max(LookGap, Slack)) : Instant.Never;
        return IsPaced != before;
    }
}
