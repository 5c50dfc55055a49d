namespace VrrpPS.Engine.Control.Messages;

/// <summary>Which instance is meant, or, for the methods that read, which ones.</summary>
internal sealed record InstanceParameters
{
    /// <summary>The instance's name, without regard to case; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>Its named network namespace; the empty text is the service's own; null where the name says enough.</summary>
    public string? NetworkNamespace { get; init; }
}
