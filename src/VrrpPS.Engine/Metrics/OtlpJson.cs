using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace VrrpPS.Engine.Metrics;

/// <summary>The metrics as a request of OTLP/HTTP in its JSON encoding (opentelemetry-proto, ExportMetricsServiceRequest).</summary>
public static class OtlpJson
{
    private const int Cumulative = 2;

    /// <summary>The content type of the encoding.</summary>
    public const string ContentType = "application/json";

    /// <summary>The request's body.</summary>
    /// <param name="snapshot">The values.</param>
    /// <param name="resource">Who exports: <c>service.name</c> and the like.</param>
    /// <param name="version">The version of this product.</param>
    public static ReadOnlyMemory<byte> Write(MetricSnapshot snapshot, IEnumerable<KeyValuePair<string, string>> resource, string version)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("resourceMetrics");
        json.WriteStartObject();
        json.WriteStartObject("resource");
        WriteAttributes(json, resource.Select(static pair => new KeyValuePair<string, object?>(pair.Key, pair.Value)));
        json.WriteEndObject();
        json.WriteStartArray("scopeMetrics");
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", EngineMeter.Name);
        json.WriteString("version", version);
        json.WriteEndObject();
        json.WriteStartArray("metrics");
        foreach (var metric in MetricCatalog.All)
        {
            WriteMetric(json, metric, snapshot);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteMetric(Utf8JsonWriter json, MetricDefinition metric, MetricSnapshot snapshot)
    {
        json.WriteStartObject();
        json.WriteString("name", metric.Name);
        json.WriteString("description", metric.Description);
        json.WriteString("unit", metric.Unit);
        bool isCounter = metric.Kind == MetricKind.Counter;
        json.WriteStartObject(isCounter ? "sum" : "gauge");
        if (isCounter)
        {
            json.WriteNumber("aggregationTemporality", Cumulative);
            json.WriteBoolean("isMonotonic", true);
        }

        json.WriteStartArray("dataPoints");
        foreach (var point in metric.Read(snapshot))
        {
            json.WriteStartObject();
            WriteAttributes(json, point.Attributes);
            if (point.Start is { } start)
            {
                json.WriteString("startTimeUnixNano", Nanoseconds(start));
            }

            json.WriteString("timeUnixNano", Nanoseconds(snapshot.Time));
            json.WriteNumber("asDouble", point.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var (key, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            if (value is int number)
            {
                // 64-bit integers are texts in protobuf's JSON.
                json.WriteString("intValue", number.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteString("stringValue", Convert.ToString(value, CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Nanoseconds(DateTimeOffset time)
        => ((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
}
