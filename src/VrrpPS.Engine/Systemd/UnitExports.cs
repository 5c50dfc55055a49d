using System.Diagnostics.CodeAnalysis;
using System.Net;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Systemd;

/// <summary>By which ways metrics leave a service, as its unit says it.</summary>
public sealed record UnitExports
{
    /// <summary>By none.</summary>
    public static UnitExports None { get; } = new();

    /// <summary>Where Prometheus is answered.</summary>
    public string? Listen { get; private init; }

    /// <summary>The full path of the file for node_exporter.</summary>
    public string? File { get; private init; }

    /// <summary>The OpenTelemetry collector.</summary>
    public string? OtlpEndpoint { get; private init; }

    /// <summary>Checks them; null or nothing is not to be exported.</summary>
    /// <param name="listen">An address and port, an IPv6 address in brackets.</param>
    /// <param name="file">A full path.</param>
    /// <param name="otlpEndpoint">A URL, without the path of a signal.</param>
    /// <exception cref="VrrpException">MetricsUnavailable: one of them leads nowhere.</exception>
    public static UnitExports Create(string? listen, string? file, string? otlpEndpoint)
    {
        if (!string.IsNullOrEmpty(listen) && !TryParseListen(listen, out _))
        {
            throw VrrpErrors.MetricsUnavailable(listen, "it is no address and port; write 127.0.0.1:9765, with an IPv6 address in brackets");
        }

        if (!string.IsNullOrEmpty(file) && !Directory.Exists(Path.GetDirectoryName(file)))
        {
            // systemd would not start the service: it makes the directory writable and must find it.
            throw VrrpErrors.MetricsUnavailable(file, $"there is no directory '{Path.GetDirectoryName(file)}'; make it first");
        }

        if (!string.IsNullOrEmpty(otlpEndpoint) && (!Uri.TryCreate(otlpEndpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
        {
            throw VrrpErrors.MetricsUnavailable(otlpEndpoint, "it is no URL; write http://HOST:4318 or https://HOST:4318");
        }

        return new UnitExports { Listen = NotEmpty(listen), File = NotEmpty(file), OtlpEndpoint = NotEmpty(otlpEndpoint) };
    }

    /// <summary>Reads an address with its port; without a port there is none.</summary>
    public static bool TryParseListen(string text, [NotNullWhen(true)] out IPEndPoint? address)
    {
        address = null;
        int colon = text.LastIndexOf(':');
        return colon > 0 && text[^1] != ']' && (text[0] == '[' || !text[..colon].Contains(':')) && IPEndPoint.TryParse(text, out address);
    }

    /// <summary>The arguments of <c>vrrpps run</c>.</summary>
    internal IEnumerable<string> Arguments()
    {
        (string Option, string? Value)[] all = [("--metrics-listen", Listen), ("--metrics-file", File), ("--otlp-endpoint", OtlpEndpoint)];
        return all.Where(static pair => pair.Value is not null).SelectMany(static pair => new[] { pair.Option, pair.Value! });
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
