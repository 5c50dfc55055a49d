using System.Text.Json.Serialization;

namespace VrrpPS.Tool.State;

/// <summary>JSON without reflection for <c>vrrpps state --json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(StateDocument))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
