using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Version 2 and version 3 do not hear each other, unless all of version 3 speak both (RFC 9568 section 8.4.2).</summary>
internal sealed class VersionCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var group in set.Groups)
        {
            if (group.Members.All(static member => member.Instance.Version == VrrpVersion.V2 || member.Instance.Version2Compatibility))
            {
                continue;
            }

            if (group.Differences(static member => member.Instance.Version, static version => $"version {(int)version}") is { } differences)
            {
                yield return Finding.Error(
                    FindingCodes.VersionDiffers,
                    group.Subject,
                    $"The nodes speak different versions ({differences}): each discards what the other sends, and both become Master.",
                    "Choose one version on every node: 3, or 2 where a peer speaks nothing else. For the time of a migration give every node of version 3 -Version2Compatibility (IPv4).");
            }
        }
    }
}
