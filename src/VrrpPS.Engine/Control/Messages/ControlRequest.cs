using System.Text.Json;

namespace VrrpPS.Engine.Control.Messages;

/// <summary>A request (JSON-RPC 2.0 section 4), or what claims to be one.</summary>
internal sealed record ControlRequest
{
    /// <summary>Must be <c>2.0</c>.</summary>
    public string? Jsonrpc { get; init; }

    /// <summary>A number or a text that the answer repeats; undefined in a notification, which gets no answer.</summary>
    public JsonElement Id { get; init; }

    /// <summary>What to do.</summary>
    public string? Method { get; init; }

    /// <summary>With what; undefined for nothing.</summary>
    public JsonElement Params { get; init; }
}
