using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using VrrpPS.Engine.Systemd;

namespace VrrpPS.Tool.Commands;

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

    /// <summary>Where Prometheus is answered.</summary>
    public IPEndPoint? Listen(ParseResult parsed) => parsed.GetValue(_listen);

    /// <summary>The file for node_exporter.</summary>
    public string? File(ParseResult parsed) => parsed.GetValue(_file);

    /// <summary>The OpenTelemetry collector.</summary>
    public string? Otlp(ParseResult parsed) => parsed.GetValue(_otlp);

    /// <summary>All of it for a unit, checked.</summary>
    /// <exception cref="Engine.Errors.VrrpException">MetricsUnavailable: one of them leads nowhere.</exception>
    public UnitExports ForUnit(ParseResult parsed)
        => UnitExports.Create(Listen(parsed)?.ToString(), File(parsed) is { } file ? Path.GetFullPath(file) : null, Otlp(parsed));

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
