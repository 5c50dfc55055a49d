using System.Diagnostics.Metrics;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Metrics;

/// <summary>
/// The metrics as instruments of <see cref="System.Diagnostics.Metrics"/>, for whoever listens in this process. All of them are
/// observable: nothing is counted twice and nothing happens on the packet path.
/// </summary>
public sealed class EngineMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "VrrpPS";

    private readonly Meter _meter = new(Name);

    /// <summary>Makes the instruments of an engine.</summary>
    /// <param name="engine">Whose instances are measured.</param>
    /// <param name="time">The wall clock.</param>
    public EngineMeter(IVrrpEngine engine, TimeProvider time)
    {
        foreach (var metric in MetricCatalog.All)
        {
            IEnumerable<Measurement<double>> Observe()
                => metric.Read(MetricSnapshot.Take(engine, time)).Select(static point => new Measurement<double>(point.Value, point.Attributes));
            _ = metric.Kind == MetricKind.Counter
                ? (Instrument)_meter.CreateObservableCounter(metric.Name, Observe, metric.Unit, metric.Description)
                : _meter.CreateObservableGauge(metric.Name, Observe, metric.Unit, metric.Description);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
