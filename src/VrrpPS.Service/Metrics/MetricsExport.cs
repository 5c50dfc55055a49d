using System.Net;
using VrrpPS.Engine.Metrics;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Service.Metrics;

/// <summary>All ways by which metrics leave the process, as long as it runs.</summary>
internal sealed class MetricsExport : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _ways = [];
    private readonly EngineMeter _meter;

    private MetricsExport(EngineMeter meter) => _meter = meter;

    /// <summary>Starts the ways that are given.</summary>
    /// <exception cref="Engine.Errors.VrrpException">MetricsUnavailable: the address cannot be bound.</exception>
    public static MetricsExport Start(IVrrpEngine engine, IPEndPoint? listen, string? file, OtlpOptions? otlp, TextWriter error)
    {
        MetricSnapshot Take() => MetricSnapshot.Take(engine, TimeProvider.System);
        string Text() => PrometheusText.Write(Take());

        var endpoint = listen is null ? null : PrometheusEndpoint.Start(listen, Text);
        var export = new MetricsExport(new EngineMeter(engine, TimeProvider.System));
        if (endpoint is not null)
        {
            export._ways.Add(endpoint);
            if (!IPAddress.IsLoopback(endpoint.Address.Address))
            {
                error.WriteLine($"vrrpps: warning: whoever reaches http://{endpoint.Address}/metrics can read the metrics; a loopback address or a firewall keeps others out");
            }
        }

        if (file is not null)
        {
            export._ways.Add(new MetricsFile(file, MetricsFile.Period, Text, error));
        }

        if (otlp is not null)
        {
            export._ways.Add(new OtlpExporter(otlp, Take, error));
        }

        return export;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var way in _ways)
        {
            await way.DisposeAsync();
        }

        _meter.Dispose();
    }
}
