using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using VrrpPS.Engine.Systemd;

namespace VrrpPS.Service.Metrics;

/// <summary>The options of <c>vrrpps run</c> by which metrics leave the process.</summary>
internal sealed class MetricsOptions
{
    private readonly Option<IPEndPoint?> _listen = new("--metrics-listen")
    {
        Description = "Answers GET /metrics for Prometheus there, for example 127.0.0.1:9765 or [::1]:9765. Whoever reaches it can read it.",
        HelpName = "ADDRESS:PORT",
        CustomParser = ParseAddress,
    };

    private readonly Option<string?> _file = new("--metrics-file")
    {
        Description = "Writes the metrics for node_exporter's textfile collector every 15 s.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _otlp = new("--otlp-endpoint")
    {
        Description = "Sends the metrics to an OpenTelemetry collector (OTLP/HTTP, JSON) at URL/v1/metrics; by default where OTEL_EXPORTER_OTLP_ENDPOINT says.",
        HelpName = "URL",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_listen);
        command.Add(_file);
        command.Add(_otlp);
    }

    /// <summary>Starts what was asked for.</summary>
    /// <exception cref="Engine.Errors.VrrpException">MetricsUnavailable.</exception>
    public MetricsExport Start(ParseResult parsed, Engine.Runtime.IVrrpEngine engine, TextWriter error) => MetricsExport.Start(
        engine,
        parsed.GetValue(_listen),
        parsed.GetValue(_file),
        OtlpOptions.Create(parsed.GetValue(_otlp), Environment.GetEnvironmentVariable),
        error);

    /// <summary>The same for a unit: what was asked for, checked.</summary>
    /// <exception cref="Engine.Errors.VrrpException">MetricsUnavailable: one of them leads nowhere.</exception>
    public UnitExports ForUnit(ParseResult parsed)
        => UnitExports.Create(parsed.GetValue(_listen)?.ToString(), parsed.GetValue(_file) is { } file ? Path.GetFullPath(file) : null, parsed.GetValue(_otlp));

    private static IPEndPoint? ParseAddress(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (UnitExports.TryParseListen(text, out var address))
        {
            return address;
        }

        result.AddError($"'{text}' is no address and port. Write --metrics-listen 127.0.0.1:9765, with an IPv6 address in brackets.");
        return null;
    }
}
