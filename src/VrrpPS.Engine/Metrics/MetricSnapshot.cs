using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Metrics;

/// <summary>What all metrics of one export are read from: taken from published snapshots, so the loops notice nothing.</summary>
/// <param name="States">Of all running instances.</param>
/// <param name="Counters">Of all running instances.</param>
/// <param name="Time">When.</param>
public sealed record MetricSnapshot(IReadOnlyList<VrrpState> States, IReadOnlyList<VrrpCounter> Counters, DateTimeOffset Time)
{
    /// <summary>Takes one.</summary>
    /// <param name="engine">Whose instances.</param>
    /// <param name="time">The wall clock.</param>
    public static MetricSnapshot Take(IVrrpEngine engine, TimeProvider time) => new(engine.GetStates(), engine.GetCounters(), time.GetUtcNow());
}
