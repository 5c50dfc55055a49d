namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Example files use one id, so that two clusters that copied it meet on one link.</summary>
internal sealed class DefaultVirtualRouterIdCheck : IConfigurationCheck
{
    private const int Copied = 51;

    public IEnumerable<VrrpFinding> Check(NodeSet set)
        => set.Groups.Where(static group => group.VirtualRouterId == Copied).Select(static group => Finding.Warning(
            FindingCodes.DefaultVirtualRouterId,
            group.Subject,
            $"Virtual router id {Copied} is the one that examples use: another cluster on the same link is likely to have copied it, too, and would answer to it.",
            "Choose an id that nobody uses: Test-VrrpEnvironment listens on the link and names a free one."));
}
