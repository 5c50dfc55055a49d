namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Says what not preempting means, which is often expected to mean more, and set on the wrong node.</summary>
internal sealed class PreemptCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var group in set.Groups.Where(static group => group.Members.Any(static member => !member.Instance.Preempt)))
        {
            var patient = group.Members.Where(static member => !member.Instance.Preempt).Select(static member => member.NodeName).ToArray();
            var others = group.Members.Where(static member => member.Instance.Preempt).Select(static member => member.NodeName).ToArray();
            if (patient.Length == group.Members.Count)
            {
                yield return Finding.Information(
                    FindingCodes.NoPreempt,
                    group.Subject,
                    $"No node preempts ({string.Join(", ", patient)}): who is Master stays so until it fails or is stopped, even if a better one comes back. A check that only lowers the priority moves nothing then.");
                continue;
            }

            bool best = group.Members.MaxBy(static member => member.Instance.Priority) is { Instance.Preempt: false };
            yield return Finding.Warning(
                FindingCodes.PreemptDiffers,
                group.Subject,
                $"Only {string.Join(" and ", patient)} {(patient.Length == 1 ? "does" : "do")} not preempt; {string.Join(" and ", others)} still {(others.Length == 1 ? "takes" : "take")} over from a lower priority."
                + (best ? string.Empty : " The node with the highest priority preempts, so the others' setting changes nothing for it."),
                "Not preempting counts on the node that is to wait, above all on the one with the highest priority; say the same on every node.");
        }
    }
}
