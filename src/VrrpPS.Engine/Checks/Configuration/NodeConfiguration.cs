using VrrpPS.Engine.Configuration;

namespace VrrpPS.Engine.Checks.Configuration;

/// <summary>What one node is told.</summary>
/// <param name="Name">What the findings call it.</param>
/// <param name="Instances">Its instances.</param>
public sealed record NodeConfiguration(string Name, VrrpList<InstanceConfiguration> Instances);
