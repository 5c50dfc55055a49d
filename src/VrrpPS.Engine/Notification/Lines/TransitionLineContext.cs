using System.Text.Json.Serialization;

namespace VrrpPS.Engine.Notification.Lines;

/// <summary>JSON without reflection for the event lines that are read.</summary>
[JsonSerializable(typeof(TransitionLine))]
internal sealed partial class TransitionLineContext : JsonSerializerContext;
