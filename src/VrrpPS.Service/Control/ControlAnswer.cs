using System.Text.Json.Serialization;

namespace VrrpPS.Service.Control;

/// <summary>A JSON-RPC 2.0 answer that refuses.</summary>
/// <param name="JsonRpc">Always <c>2.0</c>.</param>
/// <param name="Id">Null: the request was not read.</param>
/// <param name="Error">Why.</param>
internal sealed record ControlAnswer(
    [property: JsonPropertyName("jsonrpc")] string JsonRpc,
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("error")] ControlError Error);
