namespace VrrpPS.Tool.Lab;

/// <summary>The attempts of one probe, in the order they were made. Written by the probe's thread, read by the lab's.</summary>
internal sealed class ProbeLog
{
    private readonly Lock _lock = new();
    private readonly List<ProbeSample> _samples = [];
    private readonly List<(TimeSpan After, TaskCompletionSource<ProbeSample> Found)> _waiting = [];

    /// <summary>Notes an attempt; returns its number for <see cref="Answered"/>.</summary>
    public int Attempt(TimeSpan at)
    {
        lock (_lock)
        {
            _samples.Add(new ProbeSample(at, null));
            return _samples.Count - 1;
        }
    }

    /// <summary>Notes that an attempt was answered. Unknown numbers (a stray packet) are ignored.</summary>
    public void Answered(int attempt, string answer)
    {
        lock (_lock)
        {
            if (attempt < 0 || attempt >= _samples.Count)
            {
                return;
            }

            var sample = _samples[attempt] with { Answer = answer };
            _samples[attempt] = sample;
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (sample.At >= _waiting[i].After)
                {
                    _waiting[i].Found.TrySetResult(sample);
                    _waiting.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>The first answered attempt made at or after a moment; completes when there is one.</summary>
    public Task<ProbeSample> FirstAnswerAfter(TimeSpan after)
    {
        lock (_lock)
        {
            foreach (var sample in _samples)
            {
                if (sample.At >= after && sample.Answer is not null)
                {
                    return Task.FromResult(sample);
                }
            }

            var found = new TaskCompletionSource<ProbeSample>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((after, found));
            return found.Task;
        }
    }

    /// <summary>
    /// The longest gap between two answered attempts made in the span, and how many were lost. The span should begin and end
    /// with answered attempts; without any, all of it counts as outage.
    /// </summary>
    public ProbeOutage Measure(TimeSpan from, TimeSpan to)
    {
        lock (_lock)
        {
            TimeSpan longest = default, last = from;
            int lost = 0, attempts = 0;
            foreach (var sample in _samples)
            {
                if (sample.At < from || sample.At > to)
                {
                    continue;
                }

                attempts++;
                if (sample.Answer is null)
                {
                    lost++;
                    continue;
                }

                longest = sample.At - last > longest ? sample.At - last : longest;
                last = sample.At;
            }

            longest = lost > 0 && to - last > longest ? to - last : longest;
            return new ProbeOutage(longest, lost, attempts);
        }
    }
}
