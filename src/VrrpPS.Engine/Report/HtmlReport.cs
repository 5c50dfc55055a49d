using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Report;

/// <summary>
/// Writes one page of HTML that needs nothing else: what happened to virtual addresses in a time, who was Master when, and what is wrong.
/// There are no scripts in it, and everything that came from a name or from the wire is escaped.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="content">What it is about.</param>
    /// <param name="title">Its title.</param>
    /// <param name="made">When it is made.</param>
    public static string Write(ReportContent content, string title, DateTimeOffset made)
    {
        ArgumentNullException.ThrowIfNull(content);
        var page = new StringBuilder();
        var times = RoleLanes.Times(content).ToArray();
        var axis = TimeAxis.Over(times);
        string heading = MarkupText.Escape(title);
        _ = page.Append(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            <title>{heading}</title>
            <style>{ReportStyle.Sheet}{LaneChart.Style}</style>
            </head>
            <body>
            <h1>{heading}</h1>
            <p class="soft">Made {Exact(made)}{(times.Length == 0 ? string.Empty : $"; it covers {Exact(axis.From)} to {Exact(axis.To)}")}.</p>

            """.ReplaceLineEndings("\n"));
        Tiles(page, content);
        Roles(page, content, axis);
        Measurements(page, content);
        ReportSections.Write(page, content);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Tiles(StringBuilder page, ReportContent content)
    {
        VipOutage[] outages = [.. Outages(content)];
        int errors = content.Findings.Count(static f => f.Severity == VrrpFindingSeverity.Error);
        int warnings = content.Findings.Count(static f => f.Severity == VrrpFindingSeverity.Warning);
        int troubled = content.Adverts.Count(static a => a.ProblemCode.Any(static code => code is not (AdvertProblemCode.PriorityZero or AdvertProblemCode.FirstAddressNotLinkLocal)));
        _ = page.Append("<div class=\"tiles\">\n");
        if (content.Measurements.Count + outages.Length > 0)
        {
            var longest = outages.Length == 0 ? TimeSpan.Zero : outages.Max(static o => o.Duration);
            Tile(page, outages.Length == 0 ? "good" : "bad", $"{outages.Length}", outages.Length == 1 ? "outage" : "outages");
            Tile(page, longest == TimeSpan.Zero ? "good" : "bad", MeasurementLanes.Seconds(longest), "longest outage");
        }

        if (content.Measurements.Count > 0)
        {
            Tile(page, string.Empty, FormattableString.Invariant($"{content.Measurements.Sum(static m => m.Lost)} of {content.Measurements.Sum(static m => m.Sent)}"), "probes lost");
        }

        if (content.States.Count > 0)
        {
            string[] masters = [.. content.States.Where(static s => s.State == Protocol.Election.RouterState.Master).Select(static s => RoleLanes.Place(s.Name, s.NetworkNamespace))];
            Tile(page, masters.Length > 0 ? "good" : "bad", masters.Length == 0 ? "none" : string.Join(", ", masters), "Master among the instances shown");
        }

        if (content.Adverts.Count > 0)
        {
            Tile(page, troubled == 0 ? "good" : "warn", $"{troubled} of {content.Adverts.Count}", "advertisements with something wrong");
        }

        if (content.Findings.Count > 0)
        {
            Tile(page, errors > 0 ? "bad" : warnings > 0 ? "warn" : "good", $"{errors} / {warnings}", "errors / warnings found");
        }

        _ = page.Append("</div>\n");
    }

    private static void Tile(StringBuilder page, string style, string value, string label)
        => page.Append($"<div class=\"tile\"><b class=\"{style}\">{MarkupText.Escape(value)}</b><span>{MarkupText.Escape(label)}</span></div>\n");

    private static void Roles(StringBuilder page, ReportContent content, TimeAxis axis)
    {
        List<Lane> lanes = [.. RoleLanes.Of(content, axis)];
        if (lanes.Count == 0)
        {
            return;
        }

        var outages = Outages(content).GroupBy(static o => o.VirtualIPAddress, StringComparer.Ordinal);
        lanes.AddRange(outages.Select(group => new Lane($"{group.Key} out", [.. group.Select(o => new LaneSegment(o.Start, o.End ?? axis.To, LaneChart.Lost, string.Empty, $"{o}"))])));
        _ = page.Append("<h2>Who was Master when</h2>\n");
        Legend(page, (LaneChart.Master, "Master, or advertises as one"), (LaneChart.Backup, "Backup"), (LaneChart.Fault, "Fault, or out"), (LaneChart.Between, "leaving or suspended"));
        _ = page.Append(LaneChart.Draw("Who was Master when", axis, lanes, standalone: false));
    }

    private static void Measurements(StringBuilder page, ReportContent content)
    {
        if (content.Measurements.Count > 0)
        {
            var holders = new HolderNumbers();
            Lane[] lanes = [.. content.Measurements.Select(m => MeasurementLanes.Of(m, holders))];
            _ = page.Append("<h2>What clients noticed</h2>\n");
            Legend(page, [.. holders.Names.Select(static (name, number) => (LaneChart.Holder(number), name)), (LaneChart.Lost, "not answered")]);
            _ = page.Append(LaneChart.Draw("What clients noticed", MeasurementLanes.Axis(content.Measurements), lanes, standalone: false));
            foreach (var measurement in content.Measurements)
            {
                string remarks = measurement.Remark.Count == 0 ? string.Empty : $" {string.Join(' ', measurement.Remark)}";
                _ = page.Append($"<p><b>{MarkupText.Escape(RoleLanes.Place(measurement.VirtualIPAddress, measurement.NetworkNamespace))}</b>: {MarkupText.Escape(MeasurementText.Summary(measurement) + remarks)}</p>\n");
            }
        }

        var table = new HtmlTable("Address", "Start@", "Out for#", "Give or take#", "Lost#", "Symptom", "Master before", "Master after");
        foreach (var outage in Outages(content))
        {
            table.Add(
                "bad",
                RoleLanes.Place(outage.VirtualIPAddress, outage.NetworkNamespace),
                RoleLanes.Clock(outage.Start),
                MeasurementLanes.Seconds(outage.Duration) + (outage.IsOngoing ? " and on" : string.Empty),
                MeasurementLanes.Seconds(outage.Uncertainty),
                FormattableString.Invariant($"{outage.Lost}"),
                outage.Symptom,
                Who(outage.MasterBefore, outage.MacAddressBefore),
                Who(outage.MasterAfter, outage.MacAddressAfter));
        }

        if (!table.IsEmpty)
        {
            _ = page.Append(content.Measurements.Count == 0 ? "<h2>Outages</h2>\n" : string.Empty).Append(table);
        }
    }

    private static IEnumerable<VipOutage> Outages(ReportContent content)
        => content.Measurements.SelectMany(static m => m.Outage).Concat(content.Outages).Distinct().OrderBy(static o => o.Start);

    private static void Legend(StringBuilder page, params ReadOnlySpan<(string Style, string Text)> entries)
    {
        _ = page.Append("<div class=\"legend\">");
        foreach (var (style, text) in entries)
        {
            _ = page.Append($"<span><svg class=\"vc\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect class=\"{style}\" width=\"12\" height=\"12\" rx=\"2\"/></svg>{MarkupText.Escape(text)}</span>");
        }

        _ = page.Append("</div>\n");
    }

    private static string Who(string? name, string? mac) => name is null ? "?" : mac is null || mac == name ? name : $"{name} ({mac})";

    private static string Exact(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
