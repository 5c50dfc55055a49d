using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VrrpPS.Engine.Control.Messages;

/// <summary>Writes messages: UTF-8, one line each, with its end.</summary>
internal static class ControlLine
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to a request that was carried out.</summary>
    public static byte[] Result(JsonElement id, Action<Utf8JsonWriter> result) => Write(writer =>
    {
        WriteId(writer, id);
        writer.WritePropertyName("result");
        result(writer);
    });

    /// <summary>The answer to a request that was refused.</summary>
    public static byte[] Refusal(JsonElement id, ControlError error) => Write(writer =>
    {
        WriteId(writer, id);
        writer.WriteStartObject("error");
        writer.WriteNumber("code", error.Code);
        writer.WriteString("message", error.Message);
        if (error.Data is { } data)
        {
            writer.WriteStartObject("data");
            writer.WriteString("errorId", data.ErrorId);
            writer.WriteString("target", data.Target);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    /// <summary>A request.</summary>
    public static byte[] Request<T>(long id, string method, T parameters, JsonTypeInfo<T> type) => Write(writer =>
    {
        writer.WriteNumber("id", id);
        WriteCall(writer, method, parameters, type);
    });

    /// <summary>A notification, which nobody answers.</summary>
    public static byte[] Notification<T>(string method, T parameters, JsonTypeInfo<T> type)
        => Write(writer => WriteCall(writer, method, parameters, type));

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            members(writer);
            writer.WriteEndObject();
        }

        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteId(Utf8JsonWriter writer, JsonElement id)
    {
        writer.WritePropertyName("id");
        if (id.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNullValue();
        }
        else
        {
            id.WriteTo(writer);
        }
    }

    private static void WriteCall<T>(Utf8JsonWriter writer, string method, T parameters, JsonTypeInfo<T> type)
    {
        writer.WriteString("method", method);
        writer.WritePropertyName("params");
        JsonSerializer.Serialize(writer, parameters, type);
    }
}
