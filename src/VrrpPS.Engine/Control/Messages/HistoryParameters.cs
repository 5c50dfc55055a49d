namespace VrrpPS.Engine.Control.Messages;

/// <summary>Which transitions to show.</summary>
internal sealed record HistoryParameters
{
    /// <inheritdoc cref="InstanceParameters.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="InstanceParameters.NetworkNamespace"/>
    public string? NetworkNamespace { get; init; }

    /// <summary>Only so many of the latest; null for all.</summary>
    public int? Last { get; init; }
}
