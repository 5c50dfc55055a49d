using System.Runtime;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// Keeps the harness from collecting garbage while it measures: a collection stops the control and the probes, and what they
/// then show is the harness, neither the machine nor the program under test.
/// </summary>
internal sealed class QuietHeap : IDisposable
{
    /// <summary>More than the probes of a case ever need; above it the runtime collects as usual.</summary>
    private const long Budget = 200L * 1024 * 1024;

    /// <summary>Starts it.</summary>
    public QuietHeap()
    {
        GC.Collect();
        _ = GC.TryStartNoGCRegion(Budget);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A budget that was used up has ended it already.
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }
    }
}
