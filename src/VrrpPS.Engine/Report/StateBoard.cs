using System.Globalization;
using System.Text;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Report;

/// <summary>Draws all instances as a board of text, to be drawn again in the same place.</summary>
public static class StateBoard
{
    private const string Green = "\e[32m", Cyan = "\e[36m", Yellow = "\e[33m", Red = "\e[31m", Bold = "\e[1m", Dim = "\e[2m", Reset = "\e[0m";
    private const int MostChanges = 5;
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(3);
    private static readonly string[] s_headers = ["Name", "State", "For", "Prio", "Master"];

    /// <summary>The board's lines, none longer than the width and not more than the height.</summary>
    /// <param name="states">The instances.</param>
    /// <param name="history">Their changes, oldest first.</param>
    /// <param name="now">The time.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Lines.</param>
    /// <param name="colour">Whether escape sequences may colour it.</param>
    public static IReadOnlyList<string> Draw(
        IReadOnlyList<VrrpState> states, IReadOnlyList<VrrpTransition> history, DateTimeOffset now, int width, int height, bool colour)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(history);
        width = Math.Max(40, width);
        string[][] cells = [.. states.Select(state => Cells(state, now))];
        int[] widths = [.. s_headers.Select((header, column) => Math.Min(column == 0 ? 30 : 39, cells.Select(row => row[column].Length).Append(header.Length).Max()))];
        var lines = new List<string>
        {
            Paint(colour, Bold, Fit($"{now.ToLocalTime():HH:mm:ss}  {Count(states)}", width)),
            Paint(colour, Dim, Fit(Row([.. s_headers, "Addresses / trouble"], widths), width)),
        };
        for (int i = 0; i < states.Count; i++)
        {
            lines.Add(DrawRow(states[i], cells[i], widths, now, width, colour));
        }

        AddChanges(lines, history, now, width, colour);
        if (lines.Count > height && height > 2)
        {
            int rest = lines.Count - height + 1;
            lines = [.. lines.Take(height - 1), Paint(colour, Dim, Fit($"... and {rest} more lines; a taller window shows them", width))];
        }

        return lines;
    }

    private static void AddChanges(List<string> lines, IReadOnlyList<VrrpTransition> history, DateTimeOffset now, int width, bool colour)
    {
        if (history.Count == 0)
        {
            return;
        }

        lines.Add(string.Empty);
        lines.Add(Paint(colour, Dim, "Last changes"));
        foreach (var step in history.TakeLast(MostChanges).Reverse())
        {
            string text = $"{Age(now - step.Time),5} {RoleLanes.Place(step.Name, step.NetworkNamespace)}: {step.FromState} -> {step.ToState}. {Plain(step.Reason)}";
            lines.Add(Paint(colour && now - step.Time < s_fresh, Bold, Fit(text, width)));
        }
    }

    private static string DrawRow(VrrpState state, string[] cells, int[] widths, DateTimeOffset now, int width, bool colour)
    {
        string row = Fit(Row(cells, widths), width);
        if (!colour)
        {
            return row;
        }

        // The state's cell alone is coloured, and the whole row for a moment after it has changed.
        int from = Math.Min(row.Length, widths[0] + 1), to = Math.Min(row.Length, from + cells[1].Length);
        string fresh = now - state.LastTransition < s_fresh ? Bold : string.Empty;
        string trouble = IsTroubled(state) ? Yellow : string.Empty;
        int last = Math.Min(row.Length, widths.Sum() + widths.Length);
        return $"{fresh}{row[..from]}{Colour(state.State)}{row[from..to]}{Reset}{fresh}{row[to..Math.Max(to, last)]}{trouble}{row[Math.Max(to, last)..]}{Reset}";
    }

    private static string[] Cells(VrrpState state, DateTimeOffset now)
    {
        string what = state.FaultReason.Count > 0
            ? $"{state.FaultReason}"
            : IsTroubled(state) ? string.Join("; ", state.Tracker.Where(static t => $"{t.Status}" == "Down").Select(static t => $"{t}").Concat(state.Warning)) : $"{state.VirtualIPAddress}";
        return
        [
            Plain(RoleLanes.Place(state.Name, state.NetworkNamespace)),
            state.State == RouterState.Master ? "MASTER" : $"{state.State}",
            state.LastTransition is { } last ? Age(now - last) : string.Empty,
            state.Priority.ToString(CultureInfo.InvariantCulture),
            state.MasterAddress ?? "-",
            Plain(state.Held ? $"held {what}" : what),
        ];
    }

    private static bool IsTroubled(VrrpState state)
        => state.FaultReason.Count > 0 || state.Warning.Count > 0 || state.Tracker.Any(static t => $"{t.Status}" == "Down");

    private static string Count(IReadOnlyList<VrrpState> states)
    {
        if (states.Count == 0)
        {
            return "No instance runs.";
        }

        var counts = states.GroupBy(static s => s.State).OrderBy(static g => g.Key == RouterState.Master ? -1 : (int)g.Key).Select(static g => $"{g.Count()} {g.Key}");
        return $"{states.Count} {(states.Count == 1 ? "instance" : "instances")}: {string.Join(", ", counts)}";
    }

    private static string Row(string[] cells, int[] widths)
    {
        var row = new StringBuilder();
        for (int i = 0; i < widths.Length; i++)
        {
            string cell = Fit(cells[i], widths[i]);
            _ = row.Append(i is 2 or 3 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])).Append(' ');
        }

        return row.Append(cells[^1]).ToString().TrimEnd();
    }

    private static string Colour(RouterState state) => state switch
    {
        RouterState.Master => Green,
        RouterState.Backup => Cyan,
        RouterState.Fault => Red,
        RouterState.Leaving or RouterState.Suspended => Yellow,
        _ => string.Empty,
    };

    private static string Age(TimeSpan age) => age switch
    {
        _ when age < TimeSpan.FromSeconds(1) => "now",
        _ when age < TimeSpan.FromMinutes(2) => $"{(int)age.TotalSeconds}s",
        _ when age < TimeSpan.FromHours(2) => $"{(int)age.TotalMinutes}m",
        _ when age < TimeSpan.FromDays(2) => $"{(int)age.TotalHours}h",
        _ => $"{(int)age.TotalDays}d",
    };

    /// <summary>What a terminal would act on is not shown to it.</summary>
    private static string Plain(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? '?' : c)) : text;

    private static string Fit(string text, int width) => text.Length <= width ? text : $"{text[..(width - 1)]}…";

    private static string Paint(bool colour, string code, string text) => colour ? $"{code}{text}{Reset}" : text;
}
