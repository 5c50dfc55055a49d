using System.Text;
using System.Text.Json;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Tests.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>Writes down what every router of a world was told and what it answered: one JSON object per line.</summary>
internal sealed class Recorder
{
    private readonly StringBuilder _lines = new();

    public void Began(SimulatedNode node) => Line(node, writer =>
    {
        var parameters = node.Settings.Parameters;
        writer.WriteStartObject("parameters");
        writer.WriteBoolean("foreign", node.Settings.IsForeign);
        writer.WriteNumber("version", (int)parameters.Version);
        writer.WriteNumber("priority", parameters.Priority);
        writer.WriteNumber("interval", parameters.AdvertisementInterval.Centiseconds);
        writer.WriteBoolean("preempt", parameters.Preempt);
        writer.WriteNumber("preemptDelay", parameters.PreemptDelay);
        writer.WriteNumber("startupDelay", parameters.StartupDelay);
        writer.WriteNumber("addresses", parameters.AddressCount);
        writer.WriteNumber("lease", parameters.Lease);
        if (parameters.Phase is { } phase)
        {
            writer.WriteNumber("phase", phase);
        }

        writer.WriteStartArray("repeats");
        foreach (long repeat in parameters.AnnouncementRepeats)
        {
            writer.WriteNumberValue(repeat);
        }

        writer.WriteEndArray();
        writer.WriteNumber("refresh", parameters.AnnouncementRefresh);
        writer.WriteEndObject();
    });

    public void Stepped(SimulatedNode node, in Input input, Instant now, EffectBuffer effects)
    {
        var copy = input;
        string[] texts = effects.Span.ToArray().Select(effect => EffectText.Of(effect)).ToArray();
        Line(node, writer =>
        {
            writer.WriteNumber("at", now.Nanoseconds);
            RecordedInput.Write(writer, copy);
            writer.WriteStartArray("effects");
            foreach (string text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        });
    }

    public override string ToString() => _lines.ToString();

    private void Line(SimulatedNode node, Action<Utf8JsonWriter> body)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("node", node.Index);
            body(writer);
            writer.WriteEndObject();
        }

        _lines.Append(Encoding.UTF8.GetString(stream.ToArray())).Append('\n');
    }
}
