using System.Text.Json;
using System.Text.Json.Serialization;
using VrrpPS.Engine.Configuration;

namespace VrrpPS.Engine.Control.Messages;

/// <summary>Durations as the configuration file has them: <c>"1.5s"</c>, or a number of seconds.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan?>
{
    /// <inheritdoc/>
    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when DurationText.TryParse(reader.GetString(), out var duration):
                return duration;
            case JsonTokenType.Number when reader.TryGetDecimal(out decimal seconds) && DurationText.TryFromSeconds(seconds, out var duration):
                return duration;
            default:
                throw new JsonException("Write a duration such as \"100ms\" or \"1.5s\", or a number of seconds.");
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } duration)
        {
            writer.WriteStringValue(DurationText.Format(duration));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
