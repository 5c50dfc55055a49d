using VrrpPS.Engine.Checks.Configuration.Election;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Plays every single failure through the election and tells who is Master in each.</summary>
internal sealed class FailureCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set) => set.Groups.Where(static group => group.Members.Count > 1).SelectMany(Play);

    private static IEnumerable<VrrpFinding> Play(RouterGroup group)
    {
        var twice = new HashSet<string>(StringComparer.Ordinal);
        foreach (var failure in FailuresOf(group))
        {
            var result = FailurePlay.Play(group, failure);
            yield return Outcome(group, failure, result);
            if (result.During.Count > 1 && twice.Add(Names(result.During).ToString()))
            {
                yield return Finding.Error(
                    FindingCodes.TwoMasters,
                    group.Subject,
                    $"{string.Join(" and ", Names(result.During))} are Master at the same time{(failure.Text.Length == 0 ? string.Empty : $" while {failure.Text}")}: they do not hear each other.",
                    "Correct what the other findings say: id, version, interval, password, peers and address list must agree.");
            }
            else if (result is { During.Count: 0, Left.Count: > 0 })
            {
                yield return Finding.Error(
                    FindingCodes.NoMaster,
                    group.Subject,
                    $"While {failure.Text}, nobody is Master although {string.Join(" and ", Names(result.Left))} could be.",
                    "Look at the delays and priorities of those that are left.");
            }
        }
    }

    private static IEnumerable<Failure> FailuresOf(RouterGroup group)
    {
        yield return Failure.None;
        for (int i = 0; i < group.Members.Count; i++)
        {
            var member = group.Members[i];
            yield return Failure.Host(member, i);
            yield return Failure.Interface(member, i);
            foreach (var check in SimulatedCheck.Of(member.Instance))
            {
                yield return Failure.Check(member, i, check);
            }
        }
    }

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
