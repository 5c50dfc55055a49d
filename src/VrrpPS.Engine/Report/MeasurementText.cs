using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Report;

/// <summary>Draws a measurement for a terminal: who answered over time, the outages, and the figures in words.</summary>
public static class MeasurementText
{
    private const char Missing = 'x';
    private const char Unseen = '.';
    private const int ClockWidth = 8;
    private const int FewestCells = 10;
    private const int MostOutages = 10;
    private const string SilenceText = "no answer";
    private const string Red = "\e[31m", Bold = "\e[1m", Reset = "\e[0m";

    private static readonly string[] s_colours = ["\e[32m", "\e[36m", "\e[35m", "\e[33m", "\e[34m"];

    /// <summary>The drawing as a file in SVG, for light and dark.</summary>
    public static string ToSvg(IReadOnlyList<VipMeasurement> measurements) => MeasurementLanes.Svg(measurements);

    /// <summary>The drawing as lines of text.</summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="width">How many columns there are; at least 40 are used.</param>
    /// <param name="colour">Whether escape sequences may colour it.</param>
    public static IReadOnlyList<string> Draw(VipMeasurement measurement, int width, bool colour)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        width = Math.Max(40, width);
        var paint = new Func<string, string, string>((code, text) => colour ? $"{code}{text}{Reset}" : text);
        var holders = new HolderNumbers();
        string cells = Cells(measurement, Math.Max(FewestCells, width - (2 * ClockWidth) - 4), holders);
        var lines = new List<string>
        {
            paint(Bold, Headline(measurement)),
            $"{Time(measurement.Start, "HH:mm:ss")} |{Paint(cells, paint)}| {Time(measurement.End, "HH:mm:ss")}",
        };
        string legend = Legend(cells, holders, paint);
        if (legend.Length > 0)
        {
            lines.Add($"{new string(' ', ClockWidth + 2)}{legend}");
        }

        foreach (var outage in measurement.Outage.Take(MostOutages))
        {
            string figures = $"{MeasurementLanes.Seconds(outage.Duration)} out";
            string rest = $", {outage.Lost} lost{(outage.Symptom == SilenceText ? string.Empty : $" ({outage.Symptom})")}";
            string who = $"{outage.MasterBefore ?? "?"} -> {(outage.IsOngoing ? "nobody yet" : outage.MasterAfter ?? "?")}";
            string first = $"  {Time(outage.Start, "HH:mm:ss.fff")}  {paint(Red, figures)}{rest}";
            int length = 16 + figures.Length + rest.Length + 2 + who.Length;
            lines.AddRange(length <= width ? [$"{first}, {who}"] : [first, $"{new string(' ', 16)}{who}"]);
        }

        if (measurement.OutageCount > MostOutages)
        {
            lines.Add($"  ... and {measurement.OutageCount - MostOutages} more");
        }

        lines.AddRange(Wrap(Summary(measurement), width));
        lines.AddRange(measurement.Remark.SelectMany(remark => Wrap(remark, width)));
        return lines;
    }

    /// <summary>The figures in a sentence or two.</summary>
    public static string Summary(VipMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        if (measurement.Sent == 0)
        {
            return "Nothing was measured: no probe was answered or given up before the end.";
        }

        string outages = measurement.OutageCount switch
        {
            0 => $"No outage: all {measurement.Sent} probes were answered.",
            1 => $"1 outage of {MeasurementLanes.Seconds(measurement.LongestOutage)}: {measurement.Lost} of {measurement.Sent} probes were lost.",
            var count => $"{count} outages, the longest of {MeasurementLanes.Seconds(measurement.LongestOutage)}, {MeasurementLanes.Seconds(measurement.TotalOutage)} in all: {measurement.Lost} of {measurement.Sent} probes were lost.",
        };
        return measurement is { Latency: { } mean, LongestLatency: { } most }
            ? string.Create(CultureInfo.InvariantCulture, $"{outages} Answers took {mean.TotalMilliseconds:0.##} ms, at most {most.TotalMilliseconds:0.##} ms.")
            : outages;
    }

    private static string Headline(VipMeasurement measurement)
    {
        string how = measurement.Method switch
        {
            VipProbeMethod.Tcp => $"TCP port {measurement.Port}",
            VipProbeMethod.Http => $"GET {measurement.Uri}",
            _ => "ping",
        };
        string place = measurement.NetworkNamespace is { } name ? $" from {name}" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{measurement.VirtualIPAddress}{place}: {how} every {measurement.Interval.TotalMilliseconds:0.##} ms for {MeasurementLanes.Seconds(measurement.Duration)}");
    }

    private static string Cells(VipMeasurement measurement, int count, HolderNumbers holders)
    {
        var cells = new StringBuilder(count);
        var axis = MeasurementLanes.Axis([measurement]);
        var cell = (axis.To - axis.From) / count;
        for (int i = 0; i < count; i++)
        {
            var from = axis.From + (cell * i);
            var to = from + cell;

            // However short an outage is, its cell shows it.
            if (measurement.Outage.Any(outage => outage.Start < to && (outage.End ?? measurement.End) > from))
            {
                _ = cells.Append(Missing);
                continue;
            }

            var holder = measurement.MasterChange.LastOrDefault(change => change.Time <= to) ?? (measurement.MasterChange.Count > 0 ? measurement.MasterChange[0] : null);
            _ = cells.Append(holder?.MasterAfter is { } name ? Letter(holders.Of(name)) : Unseen);
        }

        return cells.ToString();
    }

    private static string Paint(string cells, Func<string, string, string> paint)
    {
        var text = new StringBuilder();
        for (int i = 0; i < cells.Length;)
        {
            int end = i;
            while (end < cells.Length && cells[end] == cells[i])
            {
                end++;
            }

            _ = text.Append(cells[i] switch
            {
                Missing => paint(Red, cells[i..end]),
                Unseen => cells[i..end],
                var letter => paint(s_colours[(letter - 'A') % s_colours.Length], cells[i..end]),
            });
            i = end;
        }

        return text.ToString();
    }

    private static string Legend(string cells, HolderNumbers holders, Func<string, string, string> paint)
    {
        var parts = holders.Names.Select((name, number) => $"{paint(s_colours[number % s_colours.Length], $"{Letter(number)}")} {name}").ToList();
        if (cells.Contains(Unseen, StringComparison.Ordinal))
        {
            parts.Add($"{Unseen} answered");
        }

        if (cells.Contains(Missing, StringComparison.Ordinal))
        {
            parts.Add($"{paint(Red, $"{Missing}")} not answered");
        }

        return string.Join("   ", parts);
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            int cut = text.LastIndexOf(' ', width);
            cut = cut <= 0 ? width : cut;
            yield return text[..cut];
            text = text[cut..].TrimStart();
        }

        yield return text;
    }

    private static char Letter(int number) => (char)('A' + Math.Min(number, 22));

    private static string Time(DateTimeOffset time, string format) => time.ToLocalTime().ToString(format, CultureInfo.InvariantCulture);
}
