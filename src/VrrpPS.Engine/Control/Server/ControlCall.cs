using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VrrpPS.Engine.Control.Access;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Control.Server;

/// <summary>One request under way.</summary>
/// <param name="Parameters">What came with it; undefined for nothing.</param>
/// <param name="Peer">Who asks.</param>
/// <param name="Session">Over which connection.</param>
internal sealed record ControlCall(JsonElement Parameters, PeerCredentials Peer, ControlSession Session)
{
    /// <summary>The parameters as the method wants them; members that it does not know are passed over.</summary>
    /// <exception cref="VrrpException">InvalidRequest.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class, new()
    {
        if (Parameters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return new T();
        }

        if (Parameters.ValueKind != JsonValueKind.Object)
        {
            throw VrrpErrors.ControlParameters("'params' is no object.");
        }

        try
        {
            return Parameters.Deserialize(type) ?? new T();
        }
        catch (JsonException exception)
        {
            throw VrrpErrors.ControlParameters($"'params' cannot be read at {exception.Path ?? "its beginning"}: {Reason(exception)}");
        }
    }

    /// <summary>The framework's sentence without its own place and type names.</summary>
    private static string Reason(JsonException exception)
    {
        int cut = exception.Message.IndexOf(" Path:", StringComparison.Ordinal);
        string text = cut < 0 ? exception.Message : exception.Message[..cut];
        return text.Contains("VrrpPS.", StringComparison.Ordinal) || text.Contains("System.", StringComparison.Ordinal) ? "the value is of another kind." : text;
    }
}
