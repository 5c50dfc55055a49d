namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Version 2 and version 3 do not hear each other.</summary>
internal sealed class VersionCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var group in set.Groups)
        {
            if (group.Differences(static member => member.Instance.Version, static version => $"version {(int)version}") is { } differences)
            {
                yield return Finding.Error(
                    FindingCodes.VersionDiffers,
                    group.Subject,
                    $"The nodes speak different versions ({differences}): each discards what the other sends, and both become Master.",
                    "Choose one version on every node: 3, or 2 where a peer speaks nothing else.");
            }
        }
    }
}
