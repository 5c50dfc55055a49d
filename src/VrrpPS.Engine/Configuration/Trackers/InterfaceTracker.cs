namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>Looks at whether an interface is up and has a carrier. The kernel tells; interval, rise and fall have no part in it.</summary>
public sealed record InterfaceTracker : TrackerConfiguration
{
    /// <summary>The interface.</summary>
    public required string InterfaceName { get; init; }

    /// <inheritdoc/>
    public override TrackerKind Kind => TrackerKind.Interface;

    /// <inheritdoc/>
    public override string Target => InterfaceName;
}
