using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>
/// The probes whose fate is open, in the order they were sent. They are settled in that order, too: one that was answered waits for
/// those before it.
/// </summary>
/// <param name="timeout">How long an answer may take, in nanoseconds.</param>
internal sealed class PendingProbes(long timeout)
{
    private readonly Dictionary<long, Entry> _open = [];
    private long _first;

    /// <summary>When the oldest open one is given up.</summary>
    public Instant NextExpiry => _open.TryGetValue(_first, out var oldest) ? oldest.Sent + timeout : Instant.Never;

    /// <summary>The number that the next probe has.</summary>
    public long NextNumber => _first + _open.Count;

    /// <summary>A probe left, or could not.</summary>
    public void Sent(Instant at, string? refusal = null) => _open.Add(NextNumber, new Entry(at) { Failure = refusal });

    /// <summary>An answer was taken.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="notBefore">
    /// The earliest that it can have come: everything that had come before was taken before. Where this process slept in between, the
    /// answer did not.
    /// </param>
    /// <param name="now">When it was taken.</param>
    public void Answered(in ProbeAnswer answer, Instant notBefore, Instant now)
    {
        if (!_open.TryGetValue(answer.Number, out var entry) || entry.Latency is not null || entry.Failure is not null)
        {
            return;
        }

        if (answer.Failure is not null)
        {
            entry.Failure = answer.Failure;
        }
        else if (notBefore - entry.Sent <= timeout)
        {
            entry.Latency = Math.Clamp(now - entry.Sent, 0, timeout);
        }
    }

    /// <summary>Takes the oldest probe if its fate is known.</summary>
    /// <param name="now">Up to when all answers were taken.</param>
    /// <param name="settled">The probe.</param>
    public bool TrySettle(Instant now, out SettledProbe settled)
    {
        settled = default;
        if (!_open.TryGetValue(_first, out var oldest) || (oldest.Latency is null && oldest.Failure is null && now - oldest.Sent <= timeout))
        {
            return false;
        }

        _ = _open.Remove(_first++);
        settled = new SettledProbe(oldest.Sent, oldest.Latency, oldest.Failure);
        return true;
    }

    private sealed class Entry(Instant sent)
    {
        public Instant Sent { get; } = sent;

        public long? Latency { get; set; }

        public string? Failure { get; set; }
    }
}
