using System.Text.Json.Serialization;

namespace VrrpPS.Engine.Control.Messages;

/// <summary>How an instance leaves.</summary>
internal sealed record LeaveParameters
{
    /// <inheritdoc cref="InstanceParameters.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="InstanceParameters.NetworkNamespace"/>
    public string? NetworkNamespace { get; init; }

    /// <inheritdoc cref="Runtime.StopOptions.Force"/>
    public bool Force { get; init; }

    /// <inheritdoc cref="Runtime.StopOptions.HandoverTimeout"/>
    [JsonConverter(typeof(DurationConverter))]
    public TimeSpan? HandoverTimeout { get; init; }
}
