using System.Text.Json.Serialization;

namespace VrrpPS.Tool.Commands;

/// <summary>JSON without reflection for <c>vrrpps watch --json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(VrrpAdvert))]
internal sealed partial class AdvertJsonContext : JsonSerializerContext;
