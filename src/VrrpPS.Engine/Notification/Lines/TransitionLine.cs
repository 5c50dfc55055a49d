using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Notification.Lines;

/// <summary>
/// A change of state as one line of JSON, for <c>vrrpps run --events json</c> and the event file. The names, their order and their
/// meaning are part of the public surface: programs and the lab read them.
/// </summary>
public sealed record TransitionLine
{
    // Relaxed: the lines go to programs and terminals, never into HTML, and "->" should stay readable.
    private static readonly TransitionLineContext s_json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>When it happened, ISO 8601 with offset.</summary>
    [JsonPropertyName("time"), JsonPropertyOrder(0)]
    public required DateTimeOffset Time { get; init; }

    /// <summary>The instance's name.</summary>
    [JsonPropertyName("instance"), JsonPropertyOrder(1)]
    public required string Instance { get; init; }

    /// <summary>The state before, by its name.</summary>
    [JsonPropertyName("from"), JsonPropertyOrder(2)]
    public required string From { get; init; }

    /// <summary>The state after, by its name.</summary>
    [JsonPropertyName("to"), JsonPropertyOrder(3)]
    public required string To { get; init; }

    /// <summary>The event that caused it, by its name.</summary>
    [JsonPropertyName("event"), JsonPropertyOrder(4)]
    public required string Event { get; init; }

    /// <summary>The cause in a sentence.</summary>
    [JsonPropertyName("reason"), JsonPropertyOrder(5)]
    public required string Reason { get; init; }

    /// <summary>The node's own priority in force.</summary>
    [JsonPropertyName("priority"), JsonPropertyOrder(6)]
    public required int Priority { get; init; }

    /// <summary>The address of the Master after the transition; null when unknown.</summary>
    [JsonPropertyName("master"), JsonPropertyOrder(7)]
    public required string? Master { get; init; }

    /// <summary><c>GROUP</c> for a sync group; left out for an instance.</summary>
    [JsonPropertyName("kind"), JsonPropertyOrder(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <summary>Makes the line for a transition.</summary>
    /// <param name="transition">What happened.</param>
    /// <param name="state">The instance's state, if it still runs; trusted only if it is the transition's own state.</param>
    public static TransitionLine Create(VrrpTransition transition, VrrpState? state) => new()
    {
        Time = transition.Time,
        Instance = transition.Name,
        From = transition.FromState.Name(),
        To = transition.ToState.Name(),
        Event = transition.Event.Name(),
        Reason = transition.Reason,
        Priority = transition.Priority,
        Master = state is not null && state.State == transition.ToState ? state.MasterAddress : transition.Peer,
    };

    /// <summary>Makes the line for a notice.</summary>
    public static TransitionLine Create(Notice notice) => new()
    {
        Time = notice.Time,
        Instance = notice.Subject.Name,
        Kind = notice.Subject.IsGroup ? notice.Subject.Kind : null,
        From = notice.FromState.Name(),
        To = notice.ToState.Name(),
        Event = notice.Event,
        Reason = notice.Reason,
        Priority = notice.Priority,
        Master = notice.Master,
    };

    /// <summary>Reads a line; null for what is none.</summary>
    public static TransitionLine? FromJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, s_json.TransitionLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The line, without its end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json.TransitionLine);
}
