using VrrpPS.Engine.Checks.Configuration.Election;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Equal priorities leave the choice to the addresses; two owners cannot be.</summary>
internal sealed class PriorityCheck : IConfigurationCheck
{
    private const int Owner = 255;

    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var group in set.Groups)
        {
            foreach (var equal in group.Members.GroupBy(static member => (int)SimulatedCheck.HealthyPriority(member.Instance)).Where(static members => members.Count() > 1))
            {
                string names = string.Join(" and ", equal.Select(static member => member.NodeName));
                yield return equal.Key == Owner
                    ? Finding.Error(
                        FindingCodes.SecondOwner,
                        group.Subject,
                        $"{names} both have priority {Owner}, which says that the node owns the addresses itself; neither ever yields to the other.",
                        "Only the node that has the addresses as its own may have 255; give the others 1 to 254.")
                    : Finding.Warning(
                        FindingCodes.EqualPriority,
                        group.Subject,
                        $"{names} both have priority {equal.Key}: when they start together, the one with the higher own address becomes Master; otherwise whoever was first stays.",
                        "Give each node its own priority, with a distance that a check's weight can bridge.");
            }
        }
    }
}
