namespace VrrpPS.Protocol.Election;

/// <summary>
/// Doubles the preempt delay at every third preemption within ten minutes: a router that keeps failing and coming back must
/// not take the addresses back and forth with it. Ten minutes without one, beyond the delay itself, and it is as configured.
/// </summary>
internal struct FlapDamper
{
    private const long Window = 600 * Instant.NanosecondsPerSecond;
    private const int PreemptionsNeeded = 3;
    private const int MostDoublings = 6;

    private Instant _windowBegan;
    private Instant _last;
    private int _count;
    private int _doublings;

    /// <summary>The router took over from a living Master.</summary>
    public void Preempted(Instant now)
    {
        if (_count == 0 || now - _windowBegan > Window)
        {
            _windowBegan = now;
            _count = 0;
        }

        _last = now;
        _count++;
        if (_count >= PreemptionsNeeded)
        {
            _count = 0;
            _doublings = Math.Min(_doublings + 1, MostDoublings);
        }
    }

    /// <summary>The delay to use now, in nanoseconds.</summary>
    public long Lengthen(long delay, Instant now)
    {
        if (IsQuiet(delay, now))
        {
            _doublings = 0;
        }

        return delay << _doublings;
    }

    /// <summary>What <see cref="Lengthen"/> would say; changes nothing.</summary>
    public readonly long Lengthened(long delay, Instant now) => IsQuiet(delay, now) ? delay : delay << _doublings;

    private readonly bool IsQuiet(long delay, Instant now) => now - _last > Window + (delay << _doublings);

    public void Visit(ICheckpointVisitor visitor)
    {
        visitor.Visit("flapping.windowBegan", ref _windowBegan);
        visitor.Visit("flapping.last", ref _last);
        visitor.Visit("flapping.count", ref _count);
        visitor.Visit("flapping.doublings", ref _doublings);
    }
}
