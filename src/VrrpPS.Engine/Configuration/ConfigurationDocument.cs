using VrrpPS.Engine.Configuration.Static;

namespace VrrpPS.Engine.Configuration;

/// <summary>What one configuration file says, whatever its format.</summary>
public sealed record ConfigurationDocument
{
    /// <summary>The document that says nothing.</summary>
    public static ConfigurationDocument Empty { get; } = new();

    /// <summary>The instances, in the order of the file.</summary>
    public VrrpList<InstanceConfiguration> Instances { get; init; } = [];

    /// <summary>The name this node goes by in messages; null means the host name.</summary>
    public string? RouterId { get; init; }

    /// <summary>What this node has whoever is Master.</summary>
    public StaticConfiguration Static { get; init; } = StaticConfiguration.None;
}
