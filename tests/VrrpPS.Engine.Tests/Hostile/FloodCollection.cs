using Xunit;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>
/// Floods run alone: what is measured is the whole process, and a flooded kernel drops other tests' packets, too.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FloodCollection
{
    public const string Name = "Floods";
}
