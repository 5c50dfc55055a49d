using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Metrics;

/// <summary>The metrics in Prometheus' text format 0.0.4, their names translated as OpenTelemetry prescribes.</summary>
public static class PrometheusText
{
    /// <summary>The content type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Everything, ending with a line end.</summary>
    public static string Write(MetricSnapshot snapshot)
    {
        var text = new StringBuilder();
        foreach (var metric in MetricCatalog.All)
        {
            string name = NameOf(metric);
            _ = text.Append($"# HELP {name} {metric.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n");
            _ = text.Append($"# TYPE {name} {(metric.Kind == MetricKind.Counter ? "counter" : "gauge")}\n");
            foreach (var point in metric.Read(snapshot))
            {
                Append(text, name, point);
            }
        }

        return text.ToString();
    }

    /// <summary><c>vrrp.advertisements.sent</c> becomes <c>vrrp_advertisements_sent_total</c>, and seconds are said at the end.</summary>
    public static string NameOf(MetricDefinition metric)
    {
        string unit = metric.Unit == "s" ? "_seconds" : string.Empty;
        return $"{Underscored(metric.Name)}{unit}{(metric.Kind == MetricKind.Counter ? "_total" : string.Empty)}";
    }

    /// <summary><c>vrrp.instance.name</c> becomes <c>vrrp_instance_name</c>.</summary>
    public static string Underscored(string name) => name.Replace('.', '_');

    private static void Append(StringBuilder text, string name, in MetricPoint point)
    {
        _ = text.Append(name);
        char separator = '{';
        foreach (var (key, value) in point.Attributes)
        {
            int start = text.Append(separator).Length;
            _ = text.Append(key).Replace('.', '_', start, key.Length).Append("=\"");
            AppendValue(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
            _ = text.Append('"');
            separator = ',';
        }

        _ = text.Append(separator == '{' ? " " : "} ").Append(CultureInfo.InvariantCulture, $"{point.Value:R}\n");
    }

    private static void AppendValue(StringBuilder text, string value)
    {
        foreach (char c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append(@"\n"),
                _ => text.Append(c),
            };
        }
    }
}
