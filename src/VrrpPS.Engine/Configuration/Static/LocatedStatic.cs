namespace VrrpPS.Engine.Configuration.Static;

/// <summary>A static configuration and where its lists were written.</summary>
internal sealed record LocatedStatic(StaticConfiguration Configuration, SourcePosition Position)
{
    /// <summary>Positions by property name of <see cref="StaticConfiguration"/>.</summary>
    public Dictionary<string, SourcePosition> Properties { get; init; } = [];

    /// <summary>Where to point for a problem with a property.</summary>
    public SourcePosition At(string property) => Properties.TryGetValue(property, out var at) ? at : Position;
}
