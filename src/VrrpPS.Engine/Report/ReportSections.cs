using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Report;

/// <summary>The tables of the page.</summary>
internal static class ReportSections
{
    public static void Write(StringBuilder page, ReportContent content)
    {
        Section(page, "What was found", Findings(content));
        Section(page, "Who is Master in which failure", Elections(content));
        Section(page, "Instances", States(content));
        Section(page, "Health checks", Trackers(content));
        Section(page, "Whether the addresses answer", Reachability(content));
        Section(page, "Advertisements", Speakers(content));
        Section(page, "Advertisements that changed something, or had something wrong", Adverts(content));
        Section(page, "Changes of state", Transitions(content));
        Section(page, "Events", Events(content));
    }

    private static void Section(StringBuilder page, string title, HtmlTable table)
    {
        if (!table.IsEmpty)
        {
            _ = page.Append($"<h2>{MarkupText.Escape(title)}</h2>\n").Append(table);
        }
    }

    private static HtmlTable Findings(ReportContent content)
    {
        var table = new HtmlTable("Severity", "Code", "About", "What", "What to do");
        foreach (var finding in content.Findings.OrderByDescending(static f => f.Severity))
        {
            string style = finding.Severity switch { VrrpFindingSeverity.Error => "bad", VrrpFindingSeverity.Warning => "warn", _ => string.Empty };
            table.Add(style, $"{finding.Severity}", finding.Code, finding.Subject, finding.Message, finding.Fix);
        }

        return table;
    }

    private static HtmlTable Elections(ReportContent content)
    {
        var table = new HtmlTable("VRID#", "When", "Master before", "Master", "Afterwards", "Out for#");
        foreach (var election in content.Elections)
        {
            table.Add(
                election.Master.Count == 1 ? string.Empty : "bad",
                Number(election.VirtualRouterId),
                election.Failure.Length == 0 ? "all is well" : election.Failure,
                $"{election.MasterBefore}",
                election.Master.Count == 0 ? "nobody" : $"{election.Master}",
                $"{election.MasterAfterwards}",
                election.Outage is { } outage ? MeasurementLanes.Seconds(outage) : string.Empty);
        }

        return table;
    }

    private static HtmlTable States(ReportContent content)
    {
        var table = new HtmlTable("State", "Name", "VRID#", "Priority#", "Master", "Since@", "Why", "Addresses", "What is wrong");
        foreach (var state in content.States)
        {
            string style = state.State switch { Protocol.Election.RouterState.Master => "good", Protocol.Election.RouterState.Fault => "bad", Protocol.Election.RouterState.Backup => string.Empty, _ => "warn" };
            table.Add(
                style,
                $"{state.State}",
                RoleLanes.Place(state.Name, state.NetworkNamespace),
                Number(state.VirtualRouterId),
                state.Priority == state.BasePriority ? Number(state.Priority) : $"{Number(state.Priority)} (of {Number(state.BasePriority)})",
                state.MasterAddress,
                state.LastTransition is { } time ? RoleLanes.Clock(time) : string.Empty,
                state.StatusMessage,
                $"{state.VirtualIPAddress}",
                string.Join("; ", state.FaultReason.Concat(state.Warning)));
        }

        return table;
    }

    private static HtmlTable Trackers(ReportContent content)
    {
        var table = new HtmlTable("Status", "Instance", "Check", "Kind", "Target", "Effect", "Since@", "Output");
        foreach (var state in content.States)
        {
            foreach (var tracker in state.Tracker)
            {
                string style = $"{tracker.Status}" switch { "Up" => "good", "Down" => "bad", _ => "warn" };
                table.Add(
                    style,
                    $"{tracker.Status}",
                    RoleLanes.Place(state.Name, state.NetworkNamespace),
                    tracker.Name,
                    $"{tracker.Kind}",
                    tracker.Target,
                    tracker.Effect,
                    tracker.LastChange is { } time ? RoleLanes.Clock(time) : string.Empty,
                    tracker.Output);
            }
        }

        return table;
    }

    private static HtmlTable Reachability(ReportContent content)
    {
        var table = new HtmlTable("Answers", "Address", "At@", "Ping", "TCP", "HTTP", "Latency#", "Answered by", "What is wrong");
        foreach (var one in content.Reachability)
        {
            table.Add(
                one.Reachable ? "good" : "bad",
                one.Reachable ? "yes" : "no",
                RoleLanes.Place(one.VirtualIPAddress, one.NetworkNamespace),
                RoleLanes.Clock(one.Timestamp),
                YesNo(one.PingSucceeded),
                YesNo(one.TcpSucceeded),
                one.HttpStatus is { } status ? Number(status) : "-",
                one.Latency is { } latency ? string.Create(CultureInfo.InvariantCulture, $"{latency.TotalMilliseconds:0.###} ms") : "-",
                one.ResponderMacAddress?.ToString() ?? "-",
                $"{one.Problem}");
        }

        return table;
    }

    private static HtmlTable Speakers(ReportContent content)
    {
        var table = new HtmlTable("VRID#", "Router", "MAC address", "Version#", "Priority#", "Interval#", "Heard#", "First@", "Last@", "Addresses");
        var speakers = content.Adverts.Where(static a => a.VirtualRouterId is not null).GroupBy(static a => (a.VirtualRouterId, a.SourceAddress, a.Version));
        foreach (var speaker in speakers.OrderBy(static s => s.Key.VirtualRouterId).ThenBy(static s => s.Min(static a => a.Timestamp)))
        {
            var last = speaker.MaxBy(static a => a.Timestamp)!;
            int[] priorities = [.. speaker.Select(static a => a.Priority ?? 0).Where(static p => p > 0).Distinct()];
            table.Add(
                string.Empty,
                Number(last.VirtualRouterId ?? 0),
                last.SourceAddress,
                last.SourceMacAddress,
                Number(last.Version ?? 0),
                string.Join(", ", priorities.Select(Number)),
                last.AdvertisementInterval is { } interval ? MeasurementLanes.Seconds(interval) : string.Empty,
                Number(speaker.Count()),
                RoleLanes.Clock(speaker.Min(static a => a.Timestamp)),
                RoleLanes.Clock(last.Timestamp),
                $"{last.VirtualIPAddress}");
        }

        return table;
    }

    private static HtmlTable Adverts(ReportContent content)
    {
        var table = new HtmlTable("Time@", "Router", "VRID#", "Priority#", "What changed", "What is wrong");
        foreach (var advert in content.Adverts.Where(static a => !a.IsSteady).OrderBy(static a => a.Timestamp))
        {
            table.Add(
                advert.Problem.Count > 0 ? "warn" : string.Empty,
                RoleLanes.Clock(advert.Timestamp),
                advert.SourceAddress,
                advert.VirtualRouterId is { } id ? Number(id) : "?",
                advert.Priority is { } priority ? Number(priority) : "?",
                $"{advert.Change}",
                string.Join(' ', advert.Problem));
        }

        return table;
    }

    private static HtmlTable Transitions(ReportContent content)
    {
        var table = new HtmlTable("Time@", "Name", "From", "To", "Why", "Priority#", "Other router");
        foreach (var step in content.Transitions.OrderBy(static t => t.Time))
        {
            string style = step.ToState switch { Protocol.Election.RouterState.Master => "good", Protocol.Election.RouterState.Fault => "bad", _ => string.Empty };
            table.Add(style, RoleLanes.Clock(step.Time), RoleLanes.Place(step.Name, step.NetworkNamespace), $"{step.FromState}", $"{step.ToState}", step.Reason, Number(step.Priority), step.Peer);
        }

        return table;
    }

    private static HtmlTable Events(ReportContent content)
    {
        var table = new HtmlTable("Time@", "Name", "Kind", "What happened");
        foreach (var one in content.Events.OrderBy(static e => e.Time))
        {
            table.Add(one.IsWarning ? "warn" : string.Empty, RoleLanes.Clock(one.Time), RoleLanes.Place(one.Name, one.NetworkNamespace), $"{one.Kind}", one.Message);
        }

        return table;
    }

    private static string YesNo(bool? value) => value switch { true => "yes", false => "no", null => "-" };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
