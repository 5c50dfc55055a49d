using VrrpPS.Engine.Configuration;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Where a configuration leaves the RFC, on request.</summary>
internal sealed class StrictCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set) => set.Members.SelectMany(static member => StrictReport.Of(member.Instance).Select(found => Finding.Warning(
        found.Code,
        member.Subject,
        $"{found.Message} ({found.Section})",
        "Change it on every node, or leave it so if it is meant.")));
}
