namespace VrrpPS.Engine.Configuration.Json;

/// <summary>A JSON value that knows where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Its first character.</param>
internal sealed record JsonNode(JsonNodeKind Kind, SourcePosition At)
{
    /// <summary>The content of a string, or the number or literal as written.</summary>
    public string Text { get; init; } = string.Empty;

    public List<JsonNode> Items { get; } = [];

    public List<JsonMember> Members { get; } = [];

    /// <summary>The value as a message shows it.</summary>
    public string Display => Kind switch
    {
        JsonNodeKind.Array => "a list",
        JsonNodeKind.Object => "an object",
        JsonNodeKind.String => $"\"{Text}\"",
        _ => Text,
    };
}
