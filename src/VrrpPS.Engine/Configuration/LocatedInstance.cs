namespace VrrpPS.Engine.Configuration;

/// <summary>A configuration and where each of its properties was written.</summary>
internal sealed record LocatedInstance(InstanceConfiguration Configuration, SourcePosition Position)
{
    /// <summary>Positions by property name of <see cref="InstanceConfiguration"/>.</summary>
    public Dictionary<string, SourcePosition> Properties { get; init; } = [];

    /// <summary>Where to point for a problem with a property.</summary>
    public SourcePosition At(string property) => Properties.TryGetValue(property, out var at) ? at : Position;
}
