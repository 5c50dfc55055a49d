using System.Text.Json;

namespace VrrpPS.Engine.Control.Messages;

/// <summary>What of an instance's configuration becomes what.</summary>
internal sealed record SetParameters
{
    /// <inheritdoc cref="InstanceParameters.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="InstanceParameters.NetworkNamespace"/>
    public string? NetworkNamespace { get; init; }

    /// <summary>A merge patch (RFC 7396) of the instance as the configuration file writes it.</summary>
    public JsonElement Changes { get; init; }
}
