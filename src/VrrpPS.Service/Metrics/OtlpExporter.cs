using System.Net.Http.Headers;
using VrrpPS.Engine.Metrics;

namespace VrrpPS.Service.Metrics;

/// <summary>Sends the metrics to an OpenTelemetry collector: OTLP over HTTP in its JSON encoding.</summary>
internal sealed class OtlpExporter : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly OtlpOptions _options;
    private readonly Func<MetricSnapshot> _take;
    private readonly HttpClient _client;
    private readonly PeriodicWork _work;

    public OtlpExporter(OtlpOptions options, Func<MetricSnapshot> take, TextWriter error)
    {
        _options = options;
        _take = take;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = s_timeout };
        _work = new PeriodicWork($"the metrics to {options.Endpoint.GetLeftPart(UriPartial.Path)}", options.Period, SendAsync, error);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync();
        _client.Dispose();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(OtlpJson.Write(_take(), _options.Resource, ProductVersion.Text));
        content.Headers.ContentType = new MediaTypeHeaderValue(OtlpJson.ContentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint) { Content = content };
        foreach (var (name, value) in _options.Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request, cancellationToken);
        _ = response.EnsureSuccessStatusCode();
    }
}
