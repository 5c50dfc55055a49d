using System.Text.Json;

namespace VrrpPS.Engine.Control.Messages;

/// <summary>What a client reads: an answer (it has an id) or a notification (it has a method).</summary>
internal sealed record ControlAnswer
{
    /// <summary>The request's id; undefined in a notification.</summary>
    public JsonElement Id { get; init; }

    /// <summary>What came of it; undefined when it was refused.</summary>
    public JsonElement Result { get; init; }

    /// <summary>Why it was refused.</summary>
    public ControlError? Error { get; init; }

    /// <summary>What a notification is about.</summary>
    public string? Method { get; init; }

    /// <summary>What a notification tells.</summary>
    public JsonElement Params { get; init; }
}
