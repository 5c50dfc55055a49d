namespace VrrpPS.Engine.Metrics;

/// <summary>How a metric behaves over time.</summary>
public enum MetricKind
{
    /// <summary>It only grows, until it starts again from zero.</summary>
    Counter = 0,

    /// <summary>It goes up and down.</summary>
    Gauge,
}
