using System.Text.Json.Serialization;

namespace VrrpPS.Service.Events;

/// <summary>JSON without reflection for the event lines.</summary>
[JsonSerializable(typeof(TransitionLine))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
