using System.Globalization;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Tool.State;

/// <summary>States for somebody who was woken up: one line for each instance, and below it only what is wrong.</summary>
internal static class StateTable
{
    private static readonly string[] s_header = ["INSTANCE", "STATE", "PRIO", "MASTER", "SINCE", "INTERFACE", "VRID", "ADDRESSES"];

    /// <summary>The lines of the table.</summary>
    /// <param name="states">What to show; sorted by name here.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<VrrpState> states)
    {
        var sorted = states.OrderBy(static state => state.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static state => state.NetworkNamespace, StringComparer.Ordinal).ToArray();
        string[][] rows = [s_header, .. sorted.Select(Row)];
        int[] widths = [.. Enumerable.Range(0, s_header.Length).Select(column => rows.Max(row => row[column].Length))];
        var lines = new List<string> { Line(rows[0], widths) };
        for (int i = 0; i < sorted.Length; i++)
        {
            lines.Add(Line(rows[i + 1], widths));
            lines.AddRange(Remarks(sorted[i]).Select(static remark => $"  ! {remark}"));
        }

        return lines;
    }

    private static string[] Row(VrrpState state) =>
    [
        state.NetworkNamespace is null ? state.Name : $"{state.Name}@{state.NetworkNamespace}",
        state.Held ? $"{state.State} (held)" : state.State.ToString(),
        state.Priority == state.BasePriority ? Number(state.Priority) : $"{Number(state.Priority)}/{Number(state.BasePriority)}",
        Master(state),
        state.LastTransition is { } since ? Age(state.CapturedAt - since) : "-",
        state.InterfaceName,
        Number(state.VirtualRouterId),
        state.VirtualIPAddress.Count == 0 ? "-" : string.Join(", ", state.VirtualIPAddress.Select(static address => address.Bound ? address.ToString() : $"({address})")),
    ];

    private static string Master(VrrpState state) => state switch
    {
        { State: RouterState.Master } => "this node",
        { MasterAddress: { } address, MasterPriority: { } priority } => $"{address} ({Number(priority)})",
        { MasterAddress: { } address } => address,
        _ => "-",
    };

    /// <summary>Why it does not serve when it should, and what is wrong although it does.</summary>
    private static IEnumerable<string> Remarks(VrrpState state)
    {
        var remarks = state.FaultReason.Concat(state.Warning);
        if (state.State is RouterState.Suspended or RouterState.Leaving)
        {
            remarks = remarks.Prepend(state.StatusMessage);
        }

        return remarks.Concat(state.Tracker.Where(static tracker => tracker.Effect != "none").Select(static tracker
            => tracker.Output is { Length: > 0 } output ? $"check {tracker}: {output}" : $"check {tracker}"));
    }

    private static string Age(TimeSpan age) => age switch
    {
        { Ticks: < 0 } => "0s",
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.Days}d{age.Hours}h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.Hours}h{age.Minutes}m"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.Minutes}m{age.Seconds}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.Seconds}s"),
    };

    private static string Line(string[] cells, int[] widths) => string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
