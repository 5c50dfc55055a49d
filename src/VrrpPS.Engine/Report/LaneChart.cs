using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Report;

/// <summary>Draws lanes over time as SVG.</summary>
internal static class LaneChart
{
    /// <summary>The styles that mean a state; holders have <see cref="Holder"/>.</summary>
    public const string Lost = "lost", Master = "master", Backup = "backup", Fault = "fault", Between = "between", Quiet = "quiet";

    private const int Width = 960;
    private const int LabelWidth = 180;
    private const int LaneHeight = 26;
    private const int AxisHeight = 26;
    private const int Padding = 10;
    private const int HolderColours = 5;
    private const double CharacterWidth = 6.6;

    /// <summary>The rules that the drawing needs; in a page once, in a file of its own inside it.</summary>
    public const string Style = """
        .vc{--ink:#1f2328;--faint:#d0d7de;--soft:#656d76;font:12px system-ui,sans-serif}
        .vc text{fill:var(--ink)}.vc .tick{fill:var(--soft);font-size:11px}.vc .grid{stroke:var(--faint)}.vc .bar{fill:none;stroke:var(--faint)}
        .vc .on{fill:#fff;font-size:11px;pointer-events:none}
        .vc .lost,.vc .fault{fill:#cf222e}.vc .master,.vc .h0{fill:#1a7f37}.vc .h1{fill:#0969da}.vc .h2{fill:#8250df}.vc .h3{fill:#9a6700}.vc .h4{fill:#bf3989}
        .vc .backup{fill:#6e7781}.vc .between{fill:#9a6700}.vc .quiet{fill:#afb8c1}
        @media (prefers-color-scheme:dark){.vc{--ink:#e6edf3;--faint:#3d444d;--soft:#9198a1}
        .vc .lost,.vc .fault{fill:#da3633}.vc .master,.vc .h0{fill:#238636}.vc .h1{fill:#1f6feb}.vc .h2{fill:#8957e5}.vc .h3{fill:#9e6a03}.vc .h4{fill:#bf4b8a}
        .vc .backup{fill:#57606a}.vc .between{fill:#9e6a03}.vc .quiet{fill:#3d444d}}
        @media print{.vc{--ink:#000;--faint:#ccc;--soft:#444}}
        """;

    /// <summary>The style of the holder with a number; those beyond the fifth repeat.</summary>
    public static string Holder(int number) => FormattableString.Invariant($"h{number % HolderColours}");

    /// <summary>Draws.</summary>
    /// <param name="title">What the drawing is, for those who hear it.</param>
    /// <param name="axis">The time.</param>
    /// <param name="lanes">The lanes, from above.</param>
    /// <param name="standalone">Whether it is a file of its own.</param>
    public static string Draw(string title, TimeAxis axis, IReadOnlyList<Lane> lanes, bool standalone)
    {
        int bottom = Padding + (lanes.Count * LaneHeight);
        var svg = new StringBuilder();
        Write(svg, $"<svg class=\"vc\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {bottom + AxisHeight}\" role=\"img\" width=\"100%\">\n");
        Write(svg, $"<title>{MarkupText.Escape(title)}</title>\n");
        if (standalone)
        {
            Write(svg, $"<style>{Style}svg.vc{{background:#fff}}@media (prefers-color-scheme:dark){{svg.vc{{background:#0d1117}}}}</style>\n");
        }

        foreach (var (time, text) in axis.Ticks())
        {
            double x = X(axis, time);
            Write(svg, $"<line class=\"grid\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Padding - 4}\" y2=\"{bottom}\"/>");
            string anchor = x > Width - Padding - 30 ? "end" : x < LabelWidth + 30 ? "start" : "middle";
            Write(svg, $"<text class=\"tick\" x=\"{x:0.#}\" y=\"{bottom + 16}\" text-anchor=\"{anchor}\">{MarkupText.Escape(text)}</text>\n");
        }

        for (int i = 0; i < lanes.Count; i++)
        {
            DrawLane(svg, axis, lanes[i], Padding + (i * LaneHeight));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawLane(StringBuilder svg, TimeAxis axis, Lane lane, int top)
    {
        const int height = LaneHeight - 8;
        Write(svg, $"<text x=\"{LabelWidth - 8}\" y=\"{top + 14}\" text-anchor=\"end\">{MarkupText.Escape(Fit(lane.Label, LabelWidth - 12))}<title>{MarkupText.Escape(lane.Label)}</title></text>\n");
        Write(svg, $"<rect class=\"bar\" x=\"{LabelWidth}\" y=\"{top}\" width=\"{Width - LabelWidth - Padding}\" height=\"{height}\"/>\n");
        foreach (var segment in lane.Segments)
        {
            // The shortest outage has to be seen as well.
            double x = X(axis, segment.From), width = Math.Max(2, X(axis, segment.To) - x);
            x = Math.Min(x, Width - Padding - width);
            Write(svg, $"<rect class=\"{segment.Style}\" x=\"{x:0.#}\" y=\"{top}\" width=\"{width:0.#}\" height=\"{height}\"><title>{MarkupText.Escape(segment.Detail)}</title></rect>");
            if (segment.Text.Length > 0 && segment.Text.Length * CharacterWidth < width - 6)
            {
                Write(svg, $"<text class=\"on\" x=\"{x + (width / 2):0.#}\" y=\"{top + 13}\" text-anchor=\"middle\">{MarkupText.Escape(segment.Text)}</text>");
            }

            _ = svg.Append('\n');
        }
    }

    private static double X(TimeAxis axis, DateTimeOffset time) => LabelWidth + (axis.Place(time) * (Width - LabelWidth - Padding));

    private static string Fit(string text, double width)
    {
        int most = (int)(width / CharacterWidth);
        return text.Length <= most ? text : $"{text[..(most - 1)]}…";
    }

    private static void Write(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
