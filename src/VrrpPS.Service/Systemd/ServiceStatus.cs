using VrrpPS.Protocol.Election;

namespace VrrpPS.Service.Systemd;

/// <summary>The line that <c>systemctl status</c> shows: who is Master.</summary>
internal static class ServiceStatus
{
    private const int MostInstances = 6;
    private const int GreatestLength = 400;

    /// <summary><c>web: Master; dns: Backup, Master is 192.0.2.2</c>; with many instances, how many are in which state.</summary>
    public static string Of(IReadOnlyList<VrrpState> states)
    {
        if (states.Count == 0)
        {
            return "No instance runs";
        }

        string each = string.Join("; ", states.Take(MostInstances + 1).Select(Describe));
        return OneLine(states.Count <= MostInstances && each.Length <= GreatestLength ? each : Count(states));
    }

    /// <summary>A text without line ends and no longer than a status may be.</summary>
    public static string OneLine(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= GreatestLength ? line : $"{line[..(GreatestLength - 3)]}...";
    }

    private static string Describe(VrrpState state)
    {
        string detail = state.State switch
        {
            RouterState.Backup when state.MasterAddress is { } master => $", Master is {master}",
            RouterState.Fault when state.FaultReason.Count > 0 => $", {state.FaultReason[0]}",
            _ => string.Empty,
        };
        return $"{state.Name}: {state.State}{detail}";
    }

    private static string Count(IReadOnlyList<VrrpState> states)
    {
        var counts = states.GroupBy(static state => state.State).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key);
        return $"{states.Count} instances: {string.Join(", ", counts.Select(static group => $"{group.Count()} {group.Key}"))}";
    }
}
