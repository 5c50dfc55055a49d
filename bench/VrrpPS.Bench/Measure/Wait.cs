using System.Diagnostics;

namespace VrrpPS.Bench.Measure;

/// <summary>Waiting for what has no event of its own.</summary>
internal static class Wait
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="BenchException">It does not in time.</exception>
    public static void Until(Func<bool> condition, TimeSpan bound, string what)
    {
        if (!TryUntil(condition, bound))
        {
            throw new BenchException($"Not within {bound.TotalSeconds:0.#} s: {what}.");
        }
    }

    /// <summary>Waits until a condition holds; false when it does not in time.</summary>
    public static bool TryUntil(Func<bool> condition, TimeSpan bound)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) >= bound)
            {
                return false;
            }

            Thread.Sleep(s_pause);
        }

        return true;
    }
}
