using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Version 3 over IPv4 has two checksums in use; peers of other makes accept only their own.</summary>
internal sealed class ChecksumStyleCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var group in set.Groups.Where(static group => group.Family == AddressFamily.IPv4))
        {
            var styles = group.Members.Where(static member => member.Instance.Version == VrrpVersion.V3).Select(static member => member.Instance.ChecksumStyle).ToHashSet();
            if (styles.Contains(ChecksumStyle.PseudoHeader) && styles.Contains(ChecksumStyle.Rfc9568))
            {
                yield return Finding.Warning(
                    FindingCodes.ChecksumStyleDiffers,
                    group.Subject,
                    $"The nodes send different checksums ({group.Differences(static member => member.Instance.ChecksumStyle, static style => style.ToString())}). VrrpPS accepts both; keepalived, FRR and routers take only their own for right, report 'bad checksum' and become Master, too.",
                    "Leave the style at Auto, or choose on every node the one that the peers of other makes use: PseudoHeader for keepalived and FRR, Rfc9568 for most routers.");
            }
        }
    }
}
