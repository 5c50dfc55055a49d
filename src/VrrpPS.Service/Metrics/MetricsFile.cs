using System.Text;

namespace VrrpPS.Service.Metrics;

/// <summary>Writes the metrics to a file for node_exporter's textfile collector: whole, and put in place by its name.</summary>
internal sealed class MetricsFile : IAsyncDisposable
{
    private readonly PeriodicWork _work;

    /// <summary>Writes at once, and then again and again.</summary>
    /// <param name="path">Ends with .prom for node_exporter.</param>
    /// <param name="period">How often.</param>
    /// <param name="text">Makes the content.</param>
    /// <param name="error">Where a failure is told, once until it is over.</param>
    public MetricsFile(string path, TimeSpan period, Func<string> text, TextWriter error)
    {
        string half = $"{path}.new";
        _work = new PeriodicWork(
            $"the metrics file '{path}'",
            period,
            async cancellationToken =>
            {
                await File.WriteAllBytesAsync(half, Encoding.UTF8.GetBytes(text()), cancellationToken);
                File.Move(half, path, overwrite: true);
            },
            error);
    }

    /// <summary>How often it is written.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _work.DisposeAsync();
}
