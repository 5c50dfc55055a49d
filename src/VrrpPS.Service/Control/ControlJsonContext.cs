using System.Text.Json.Serialization;

namespace VrrpPS.Service.Control;

/// <summary>JSON without reflection for the control socket.</summary>
[JsonSerializable(typeof(ControlAnswer))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
