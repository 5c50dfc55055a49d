using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Static;

namespace VrrpPS.Service.Run;

/// <summary>What a configuration file came to.</summary>
/// <param name="Instances">The instances; empty when the file is refused.</param>
/// <param name="Diagnostics">Everything to tell, each line as <c>file:line:column: ...</c>.</param>
/// <param name="Refusal">Why the file is refused; null when it is accepted.</param>
internal sealed record ServiceConfiguration(
    IReadOnlyList<InstanceConfiguration> Instances,
    IReadOnlyList<string> Diagnostics,
    Engine.Errors.VrrpException? Refusal)
{
    /// <summary>What the node has whoever is Master.</summary>
    public StaticConfiguration Static { get; init; } = StaticConfiguration.None;
}
