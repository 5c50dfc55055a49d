using System.Globalization;
using System.Text;
using VrrpPS.Bench.Cases;

namespace VrrpPS.Bench.Report;

/// <summary>
/// A curve per program as an SVG file: both axes logarithmic, no background of its own, and text that is dark on light pages and light on
/// dark ones.
/// </summary>
internal static class Plot
{
    private const int Width = 640, Height = 360, Left = 64, Right = 120, Top = 40, Bottom = 48;

    private static readonly (string Pair, string Color, string Dash)[] s_series =
        [("ours", "#2f81f7", ""), ("keepalived", "#d9730d", "7 4"), ("floor", "#8b949e", "2 4")];

    /// <summary>Draws every curve that the results have at least two points of; the files.</summary>
    public static IReadOnlyList<string> Write(string directory, IEnumerable<(Growth Growth, CaseResult Result)> points)
    {
        Directory.CreateDirectory(directory);
        var files = new List<string>();
        foreach (var plot in points.GroupBy(static point => point.Growth.Plot, StringComparer.Ordinal).Where(static plot => plot.Count() > 1))
        {
            string file = Path.Combine(directory, plot.Key + ".svg");
            File.WriteAllText(file, Draw([.. plot.OrderBy(static point => point.Growth.Size)]));
            files.Add(file);
        }

        return files;
    }

    private static string Draw((Growth Growth, CaseResult Result)[] points)
    {
        var growth = points[0].Growth;
        var series = s_series.Select(one => (one.Pair, one.Color, one.Dash, Values: Values(points, one.Pair))).Where(static one => one.Values.Count > 0).ToList();
        double low = Math.Pow(10, Math.Floor(Math.Log10(series.Min(static one => one.Values.Min(static value => value.Y)))));
        double high = Math.Pow(10, Math.Ceiling(Math.Log10(series.Max(static one => one.Values.Max(static value => value.Y)))));
        high = high > low ? high : low * 10;
        double X(double size) => Left + (Math.Log(size / points[0].Growth.Size) / Math.Log((double)points[^1].Growth.Size / points[0].Growth.Size) * (Width - Left - Right));
        double Y(double value) => Height - Bottom - (Math.Log10(value / low) / Math.Log10(high / low) * (Height - Top - Bottom));

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{Height}}" width="{{Width}}" height="{{Height}}" role="img" aria-label="{{growth.Title}}">
            <style>
            text { font: 13px sans-serif; fill: #24292f } .title { font-size: 15px; font-weight: bold } .grid { stroke: #8b949e; stroke-opacity: .35 }
            @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }
            </style>
            <text class="title" x="{{Left}}" y="20">{{growth.Title}}</text>
            <text x="{{(Left + Width - Right) / 2}}" y="{{Height - 10}}" text-anchor="middle">{{growth.Unit}}</text>
            <text transform="translate(16 {{(Top + Height - Bottom) / 2}}) rotate(-90)" text-anchor="middle">{{growth.Measure}}</text>

            """);
        for (double value = low; value <= high * 1.001; value *= 10)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:0.###}</text>\n");
        }

        foreach (int size in points.Select(static point => point.Growth.Size))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{X(size):0.#}\" x2=\"{X(size):0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(size):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{size}</text>\n");
        }

        // The labels beside the ends of the curves, far enough apart to be read.
        double previous = double.NegativeInfinity;
        foreach (var (pair, color, dash, values) in series.OrderBy(one => Y(one.Values[^1].Y)))
        {
            string path = string.Join(' ', values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{X(value.X):0.#},{Y(value.Y):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>\n");
            foreach (var (x, y) in values)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"3.5\" fill=\"{color}\"><title>{pair}, {x}: {y:0.##}</title></circle>\n");
            }

            previous = Math.Max(Y(values[^1].Y) + 4, previous + 16);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 10}\" y=\"{previous:0.#}\">{(pair == "ours" ? "VrrpPS" : pair == "floor" ? "the kernel alone" : pair)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static List<(double X, double Y)> Values((Growth Growth, CaseResult Result)[] points, string pair)
        => [.. points.Where(point => point.Result.Pairs.ContainsKey(pair))
            .Select(point => (X: (double)point.Growth.Size, Y: Statistics.Percentile([.. point.Result.Pairs[pair].Select(sample => sample.Values[point.Growth.Key])], 50)))

            // A logarithm has no place for what was too small to be measured.
            .Where(static value => value.Y > 0)];
}
