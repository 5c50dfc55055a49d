using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Control.Messages;

/// <summary>JSON without reflection for everything that goes through the control socket.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlAnswer))]
[JsonSerializable(typeof(HelloResult))]
[JsonSerializable(typeof(StateResult))]
[JsonSerializable(typeof(CountersResult))]
[JsonSerializable(typeof(HistoryResult))]
[JsonSerializable(typeof(ReloadOutcome))]
[JsonSerializable(typeof(StopOutcome))]
[JsonSerializable(typeof(MoveOutcome))]
[JsonSerializable(typeof(VrrpEvent))]
[JsonSerializable(typeof(LostNotice))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(InstanceParameters))]
[JsonSerializable(typeof(HistoryParameters))]
[JsonSerializable(typeof(LeaveParameters))]
[JsonSerializable(typeof(MoveParameters))]
[JsonSerializable(typeof(SetParameters))]
[JsonSerializable(typeof(SubscribeParameters))]
internal sealed partial class ControlJsonContext : JsonSerializerContext
{
    /// <summary>The one to use: names in camel case, "->" readable, and no tree deeper than a request can need.</summary>
    public static ControlJsonContext Shared { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 32,
        AllowDuplicateProperties = false,
        Converters = { new VrrpListConverter<string>(), new VrrpListConverter<VrrpAddressState>(), new VrrpListConverter<VrrpTrackerState>() },
    });
}
