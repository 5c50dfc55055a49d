namespace VrrpPS.Engine.Configuration.Json;

/// <summary>A property of a JSON object.</summary>
internal sealed record JsonMember(string Name, SourcePosition NameAt, JsonNode Value);
