using System.Text.Json.Serialization;

namespace VrrpPS.Service.Control;

/// <summary>The error object of a JSON-RPC 2.0 answer.</summary>
/// <param name="Code">A number from the range JSON-RPC leaves to servers.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Version">The version of this <c>vrrpps</c>.</param>
/// <param name="Feature">What the caller asked for and this version does not have.</param>
internal sealed record ControlError(
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("feature")] string Feature);
