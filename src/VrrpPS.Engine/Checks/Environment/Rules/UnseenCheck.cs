using VrrpPS.Engine.Checks.Environment.Facts;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>Says what was not looked at, so that silence is not taken for a good sign.</summary>
internal sealed class UnseenCheck : IEnvironmentCheck
{
    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
        => facts.Unseen.Select(static unseen => Finding.Information(FindingCodes.NotLookedAt, unseen.What, $"Not looked at: {unseen.What}.", unseen.Why));
}
