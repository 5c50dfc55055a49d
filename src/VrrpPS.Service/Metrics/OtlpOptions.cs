using System.Globalization;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Service.Metrics;

/// <summary>Where and how metrics are sent, from the command line and from OpenTelemetry's own variables.</summary>
internal sealed record OtlpOptions
{
    private static readonly TimeSpan s_defaultPeriod = TimeSpan.FromSeconds(60);

    /// <summary>Where requests go, path and all.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>How often.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Headers of every request: a collector's key, in general.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Who exports.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Resource { get; init; }

    /// <summary>Reads them; null when nobody asked for an export.</summary>
    /// <param name="argument">The value of <c>--otlp-endpoint</c>, or null.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <exception cref="VrrpException">MetricsUnavailable: that is no URL to send to.</exception>
    public static OtlpOptions? Create(string? argument, Func<string, string?> variable)
    {
        // The variable for one signal has the whole URL; the general one, and the option, the part before the signal's path.
        string? exact = argument is null ? NotEmpty(variable("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")) : null;
        string? text = exact ?? argument ?? NotEmpty(variable("OTEL_EXPORTER_OTLP_ENDPOINT"));
        if (text is null)
        {
            return null;
        }

        if (!Uri.TryCreate(exact ?? text.TrimEnd('/') + "/v1/metrics", UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            throw VrrpErrors.MetricsUnavailable(text, "it is no URL; write http://HOST:4318 or https://HOST:4318");
        }

        var resource = Pairs(variable("OTEL_RESOURCE_ATTRIBUTES")).Where(static pair => pair.Key != "service.name").ToList();
        resource.Insert(0, new("service.name", NotEmpty(variable("OTEL_SERVICE_NAME")) ?? "vrrpps"));
        resource.Add(new("service.version", ProductVersion.Text));
        resource.Add(new("host.name", Environment.MachineName));
        return new OtlpOptions
        {
            Endpoint = endpoint,
            Period = int.TryParse(variable("OTEL_METRIC_EXPORT_INTERVAL"), NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds > 0
                ? TimeSpan.FromMilliseconds(milliseconds)
                : s_defaultPeriod,
            Headers = [.. Pairs(variable("OTEL_EXPORTER_OTLP_METRICS_HEADERS") ?? variable("OTEL_EXPORTER_OTLP_HEADERS"))],
            Resource = [.. resource.DistinctBy(static pair => pair.Key)],
        };
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // key1=value1,key2=value2 with values escaped as in URLs.
    private static IEnumerable<KeyValuePair<string, string>> Pairs(string? text)
        => (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static pair => pair.Split('=', 2))
            .Where(static pair => pair.Length == 2 && pair[0].Length > 0)
            .Select(static pair => new KeyValuePair<string, string>(pair[0].Trim(), Uri.UnescapeDataString(pair[1].Trim())));
}
