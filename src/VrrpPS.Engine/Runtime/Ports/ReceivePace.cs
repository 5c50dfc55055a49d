using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Ports;

/// <summary>
/// How one socket is listened to. Ordinarily every packet wakes the loop. Under a flood that would be a wake-up for each of a
/// hundred thousand packets a second, so then the socket is taken out of the poll and looked at once a millisecond - and
/// whenever the loop wakes up anyway - until it is quiet again. Its buffer holds what arrives meanwhile.
/// </summary>
internal sealed class ReceivePace
{
    /// <summary>Between two looks at a flooded socket.</summary>
    public const long LookGap = Instant.NanosecondsPerMillisecond;

    private const long Window = 10 * Instant.NanosecondsPerMillisecond;

    /// <summary>Twenty thousand packets a second: more than 255 virtual routers send at 20 ms each.</summary>
    private const int FloodCount = 200;

    /// <summary>Half of that, so that a steady stream does not switch to and fro.</summary>
    private const int CalmCount = 100;

    private Instant _windowEnds;
    private int _count;

    /// <summary>Whether the socket is out of the poll.</summary>
    public bool IsFlooded { get; private set; }

    /// <summary>When to look at a flooded socket; never otherwise.</summary>
    public Instant LookAt { get; private set; } = Instant.Never;

    /// <summary>Takes note of a drained socket; whether <see cref="IsFlooded"/> has changed.</summary>
    public bool Drained(int packets, Instant now)
    {
        bool before = IsFlooded;
        _count += packets;
        if (_count >= FloodCount)
        {
            IsFlooded = true;
        }

        if (now >= _windowEnds)
        {
            IsFlooded = IsFlooded && _count >= CalmCount;
            _windowEnds = now + Window;
            _count = 0;
        }

        LookAt = IsFlooded ? now + LookGap : Instant.Never;
        return IsFlooded != before;
    }
}
