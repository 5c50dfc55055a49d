using System.Text.Json.Serialization;

namespace VrrpPS.Engine.Control.Messages;

/// <summary>How the Master role is moved away.</summary>
internal sealed record MoveParameters
{
    /// <inheritdoc cref="InstanceParameters.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="InstanceParameters.NetworkNamespace"/>
    public string? NetworkNamespace { get; init; }

    /// <inheritdoc cref="Runtime.MoveOptions.HoldFor"/>
    [JsonConverter(typeof(DurationConverter))]
    public TimeSpan? HoldFor { get; init; }

    /// <inheritdoc cref="Runtime.MoveOptions.Timeout"/>
    [JsonConverter(typeof(DurationConverter))]
    public TimeSpan? Timeout { get; init; }
}
