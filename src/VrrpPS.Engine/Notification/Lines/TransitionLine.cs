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
    /// <summary>When it happened, ISO 8601 with offset.</summary>
    [JsonPropertyName("time")]
    public required DateTimeOffset Time { get; init; }

    /// <summary>The instance's name.</summary>
    [JsonPropertyName("instance")]
    public required string Instance { get; init; }

    /// <summary>The state before, by its name.</summary>
    [JsonPropertyName("from")]
    public required string From { get; init; }

    /// <summary>The state after, by its name.</summary>
    [JsonPropertyName("to")]
    public required string To { get; init; }

    /// <summary>The event that caused it, by its name.</summary>
    [JsonPropertyName("event")]
    public required string Event { get; init; }

    /// <summary>The cause in a sentence.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    /// <summary>The node's own priority in force.</summary>
    [JsonPropertyName("priority")]
    public required int Priority { get; init; }

    /// <summary>The address of the Master after the transition; null when unknown.</summary>
    [JsonPropertyName("master")]
    public required string? Master { get; init; }

    /// <summary><c>GROUP</c> for a sync group; left out for an instance.</summary>
    [JsonPropertyName("kind")]
    public string? Kind { get; init; }

    /// <summary>Makes the line for a transition.</summary>
    public static TransitionLine Create(VrrpTransition transition) => new()
    {
        Time = transition.Time,
        Instance = transition.Name,
        From = transition.FromState.Name(),
        To = transition.ToState.Name(),
        Event = transition.Event.Name(),
        Reason = transition.Reason,
        Priority = transition.Priority,
        Master = transition.MasterAddress,
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
            return JsonSerializer.Deserialize(text, TransitionLineContext.Default.TransitionLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The line, without its end.</summary>
    public string ToJson() => new TransitionLineWriter().Write(this).ToString();

    /// <summary>Writes the line's object.</summary>
    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("time"u8, Time);
        writer.WriteString("instance"u8, Instance);
        writer.WriteString("from"u8, From);
        writer.WriteString("to"u8, To);
        writer.WriteString("event"u8, Event);
        writer.WriteString("reason"u8, Reason);
        writer.WriteNumber("priority"u8, Priority);
        writer.WriteString("master"u8, Master);
        if (Kind is not null)
        {
            writer.WriteString("kind"u8, Kind);
        }

        writer.WriteEndObject();
    }
}
