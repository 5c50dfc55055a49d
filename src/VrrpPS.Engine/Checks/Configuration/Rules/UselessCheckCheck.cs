using VrrpPS.Engine.Checks.Configuration.Election;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>
/// A health check that fails and moves nothing: its weight is smaller than the distance of the priorities, or the better node
/// does not preempt. Each check is tried where it matters, with its node as Master.
/// </summary>
internal sealed class UselessCheckCheck : IConfigurationCheck
{
    private readonly Func<RouterMember, IEnumerable<SimulatedCheck>> _checksOf;

    public UselessCheckCheck()
        : this(static member => SimulatedCheck.Of(member.Instance))
    {
    }

    internal UselessCheckCheck(Func<RouterMember, IEnumerable<SimulatedCheck>> checksOf) => _checksOf = checksOf;

    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var site in set.Sites)
        {
            foreach (var group in site.Groups.Where(static group => group.Members.Count > 1))
            {
                foreach (var member in group.Members)
                {
                    foreach (var finding in _checksOf(member).Select(check => Try(site, group, member, check)).OfType<VrrpFinding>())
                    {
                        yield return finding;
                    }
                }
            }
        }
    }

    private static VrrpFinding? Try(RouterSite site, RouterGroup group, RouterMember member, SimulatedCheck check)
    {
        var segment = FailurePlay.Begin(site);
        var tested = segment.RoutersOf(group).First(router => router.Member == member);
        while (segment.MastersOf(group) is [var master] && master != tested)
        {
            Failure.Kill(segment, master.Member.NodeName);
            segment.Run(FailurePlay.Settling(site));
        }

        var others = segment.RoutersOf(group).Where(router => router != tested && router.IsAlive).ToArray();
        if (segment.MastersOf(group) is not [var before] || before != tested || others.Length == 0)
        {
            return null;
        }

        Failure.Check(tested.Member, check).Happen(segment);
        segment.Run(FailurePlay.Settling(site));
        return segment.MastersOf(group) is [var after] && after == tested && others.MaxBy(static router => router.Machine.Priority) is { } best
            ? Describe(group, check, tested, best)
            : null;
    }

    private static VrrpFinding Describe(RouterGroup group, SimulatedCheck check, SimulatedRouter tested, SimulatedRouter best)
    {
        var (node, other) = (tested.Member.NodeName, best.Member.NodeName);
        int distance = SimulatedCheck.HealthyPriority(tested.Member.Instance) - best.Machine.Priority;
        string figures = $"with {check.Name} failed, {node} is {tested.Machine.Priority} and {other} is {best.Machine.Priority}";
        return best.Machine.Priority > tested.Machine.Priority
            ? Finding.Warning(
                FindingCodes.NoPreemptBlocksFailover,
                $"{tested.Member.Subject}, {group.Subject}",
                $"This check never causes a failover: {figures}, but {other} does not preempt.",
                $"Let the check put {node} into Fault (no weight), or let {other} preempt.")
            : Finding.Warning(
                FindingCodes.CheckWithoutFailover,
                $"{tested.Member.Subject}, {group.Subject}",
                $"This check never causes a failover: {figures}.",
                $"Give it a weight that bridges the distance (more than {distance}), bring the priorities closer together, or let it put {node} into Fault (no weight).");
    }
}
