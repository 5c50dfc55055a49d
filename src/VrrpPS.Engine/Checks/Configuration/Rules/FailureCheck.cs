using VrrpPS.Engine.Checks.Configuration.Election;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Plays every single failure through the election and tells who is Master in each.</summary>
internal sealed class FailureCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
        => set.Sites.Where(static site => site.Groups.Any(static group => group.Members.Count > 1)).SelectMany(Play);

    private static IEnumerable<VrrpFinding> Play(RouterSite site)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var failure in FailuresOf(site))
        {
            var results = FailurePlay.Play(site, failure);
            foreach (var finding in results.Where(static result => result.Group.Members.Count > 1).SelectMany(result => Findings(failure, result, told)))
            {
                yield return finding;
            }

            foreach (var finding in SplitGroups(failure, results).Where(finding => told.Add(finding.Subject)))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<VrrpFinding> Findings(Failure failure, FailureResult result, HashSet<string> told)
    {
        var group = result.Group;
        yield return Outcome(group, failure, result);
        if (result.During.Count > 1)
        {
            if (told.Add($"{group.Subject}: {Names(result.During)}"))
            {
                yield return Finding.Error(
                    FindingCodes.TwoMasters,
                    group.Subject,
                    $"{string.Join(" and ", Names(result.During))} are Master at the same time{(failure.Text.Length == 0 ? string.Empty : $" while {failure.Text}")}: they do not hear each other.",
                    "Correct what the other findings say: id, version, interval, password, peers and address list must agree.");
            }
        }
        else if (result is { During.Count: 0, Left.Count: > 0 })
        {
            yield return Finding.Error(
                FindingCodes.NoMaster,
                group.Subject,
                $"{(failure.Text.Length == 0 ? "When all is well" : $"While {failure.Text}")}, nobody is Master although {string.Join(" and ", Names(result.Left))} could be.",
                "Look at the delays and priorities of those that are left, and at the sync groups.");
        }
    }

    /// <summary>A node that ends as Master of only some members of its sync group.</summary>
    private static IEnumerable<VrrpFinding> SplitGroups(Failure failure, IReadOnlyList<FailureResult> results)
    {
        var masters = results.SelectMany(static result => result.During.Where(static router => router.Member.Instance.SyncGroup is not null)).ToArray();
        foreach (var node in masters.GroupBy(static router => RouterSite.SyncGroupOf(router.Member)))
        {
            var others = results.SelectMany(static result => result.Group.Members)
                .Where(member => RouterSite.SyncGroupOf(member) == node.Key && !node.Any(router => router.Member == member)).ToArray();
            if (others.Length > 0)
            {
                var (name, _, group) = node.Key!.Value;
                yield return Finding.Error(
                    FindingCodes.SyncGroupSplit,
                    $"{name}: sync group {group}",
                    $"{(failure.Text.Length == 0 ? "When all is well" : $"While {failure.Text}")}, {name} is Master of {string.Join(" and ", node.Select(static router => router.Member.Instance.Name))} but not of {string.Join(" and ", others.Select(static member => member.Instance.Name))}: the group's members cannot be Master together.",
                    "Put the same virtual routers into one sync group on every node, and give all members of a node the same priority, preemption and delays.");
            }
        }
    }

    private static IEnumerable<Failure> FailuresOf(RouterSite site)
        => site.Members.SelectMany(static member => SimulatedCheck.Of(member.Instance)
            .Select(check => Failure.Check(member, check))
            .Prepend(Failure.Interface(member))
            .Prepend(Failure.Host(member)))
            .Prepend(Failure.None)

            // What several instances of a node share fails once.
            .DistinctBy(static failure => failure.Text, StringComparer.Ordinal);

    private static VrrpElectionOutcome Outcome(RouterGroup group, Failure failure, FailureResult result)
    {
        var (before, master, afterwards) = (Names(result.Before), Names(result.During), Names(result.Afterwards));
        string when = failure.Text.Length == 0 ? "When all is well" : $"When {failure.Text}";
        string message = master.Count switch
        {
            0 => $"{when}, nobody is Master.",
            > 1 => $"{when}, {string.Join(" and ", master)} are Master at the same time.",
            _ when failure.Text.Length > 0 && master.Equals(before) => $"{when}, {master} stays Master.",
            _ => $"{when}, {master} is Master.",
        };
        bool returns = failure.Text.Length > 0 && !master.Equals(before);
        return new VrrpElectionOutcome
        {
            Code = FindingCodes.ElectionOutcome,
            Severity = VrrpFindingSeverity.Information,
            Subject = group.Subject,
            Message = message + (returns && afterwards.Count == 1 ? $" Afterwards it is {afterwards}." : string.Empty) + Tie(result),
            VirtualRouterId = group.VirtualRouterId,
            AddressFamily = group.Family,
            Failure = failure.Text,
            MasterBefore = before,
            Master = master,
            MasterAfterwards = afterwards,
            Outage = failure.Text.Length > 0 && master.Count > 0 ? TimeSpan.FromMicroseconds(result.Outage / 1000) : null,
        };
    }

    // Which of the equals has the higher address is known only where the source address is configured.
    private static string Tie(FailureResult result)
    {
        if (result.During is not [var master])
        {
            return string.Empty;
        }

        var equals = result.Left.Where(router => router != master && router.Machine.Priority == master.Machine.Priority).ToArray();
        return equals.Length > 0 && equals.Append(master).Any(static router => router.Member.Instance.SourceAddress is null)
            ? $" (Equal priorities: the higher own address decides; it is not configured, {master.Member.NodeName} is taken to have it.)"
            : string.Empty;
    }

    private static VrrpList<string> Names(IEnumerable<SimulatedRouter> routers) => routers.Select(static router => router.Member.NodeName).ToVrrpList();
}
