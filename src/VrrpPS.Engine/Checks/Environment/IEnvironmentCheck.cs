using VrrpPS.Engine.Checks.Environment.Facts;

namespace VrrpPS.Engine.Checks.Environment;

/// <summary>One question to what a machine showed. Pure.</summary>
internal interface IEnvironmentCheck
{
    /// <summary>What is found.</summary>
    IEnumerable<VrrpFinding> Check(EnvironmentFacts facts);
}
