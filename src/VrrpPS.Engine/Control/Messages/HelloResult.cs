namespace VrrpPS.Engine.Control.Messages;

/// <summary>Who answers, and what the caller may do.</summary>
internal sealed record HelloResult
{
    /// <summary>Always <c>vrrpps</c>.</summary>
    public required string Product { get; init; }

    /// <summary>The service's version.</summary>
    public required string Version { get; init; }

    /// <summary><see cref="ControlProtocol.Version"/>.</summary>
    public required int Protocol { get; init; }

    /// <summary>Whether the caller may use the methods that change something.</summary>
    public required bool MayChange { get; init; }

    /// <summary>The longest line that is taken from the caller, in bytes.</summary>
    public required int MaxLineLength { get; init; }
}
