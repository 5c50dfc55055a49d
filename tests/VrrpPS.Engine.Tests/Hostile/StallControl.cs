using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>
/// A bare thread that does nothing but sleep for ten milliseconds at a time, beside whatever is measured: when it oversleeps, it
/// was the machine that stood still.
/// </summary>
internal sealed class StallControl : IDisposable
{
    private const long Nap = 10 * Instant.NanosecondsPerMillisecond;

    private readonly Thread _thread;
    private volatile bool _done;
    private long _longest;

    public StallControl()
    {
        _thread = new Thread(Watch) { IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <summary>By how much it overslept at worst.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest) / TimeSpan.NanosecondsPerTick);

    public void Dispose()
    {
        _done = true;
        _thread.Join();
    }

    private void Watch()
    {
        using var poll = new EventPoll();
        var last = MonotonicClock.Now;
        while (!_done)
        {
            _ = poll.Wait(Nap);
            var now = MonotonicClock.Now;
            Interlocked.Exchange(ref _longest, Math.Max(_longest, now - last - Nap));
            last = now;
        }
    }
}
