using VrrpPS.Engine.Configuration;

namespace VrrpPS.Tool.Lab;

/// <summary>One node's configuration file, read.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Text">Its text.</param>
/// <param name="Instances">What it configures.</param>
internal sealed record LabConfiguration(string Name, string Text, IReadOnlyList<InstanceConfiguration> Instances);
