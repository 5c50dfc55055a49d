using System.Diagnostics;

namespace VrrpPS.Engine.Control.Access;

/// <summary>
/// What one user may ask for in a time: a bucket of tokens that fills steadily. A request costs one, a long answer more, and who
/// has none waits. Answers are made of memory, and memory is what could hold the engine's loop up.
/// </summary>
internal sealed class RequestPace
{
    /// <summary>An answer costs one token more for so many bytes.</summary>
    private const double BytesPerToken = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly double _perSecond;
    private readonly double _greatest;
    private double _tokens;
    private long _filled = Stopwatch.GetTimestamp();

    /// <summary>Makes a full bucket.</summary>
    /// <param name="perSecond">How many tokens come in a second.</param>
    /// <param name="greatest">How many can be saved.</param>
    public RequestPace(double perSecond, double greatest)
    {
        _perSecond = perSecond;
        _greatest = _tokens = greatest;
    }

    /// <summary>Whether the bucket is as full as it gets, so that it may be forgotten.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                Fill();
                return _tokens >= _greatest;
            }
        }
    }

    /// <summary>Pays for a request.</summary>
    /// <returns>How long to wait before it is answered.</returns>
    public TimeSpan Pay() => Pay(1);

    /// <summary>Pays for the length of an answer; the next request waits for that.</summary>
    public void PayForAnswer(int bytes) => Pay(bytes / BytesPerToken);

    private TimeSpan Pay(double tokens)
    {
        lock (_gate)
        {
            Fill();
            _tokens -= tokens;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _perSecond);
        }
    }

    private void Fill()
    {
        long now = Stopwatch.GetTimestamp();
        _tokens = Math.Min(_greatest, _tokens + (Stopwatch.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
    }
}
