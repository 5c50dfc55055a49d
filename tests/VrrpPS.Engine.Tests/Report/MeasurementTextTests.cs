using System.Xml.Linq;
using VrrpPS.Engine.Report;
using Xunit;

namespace VrrpPS.Engine.Tests.Report;

public sealed class MeasurementTextTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_timeline_fits_and_shows_who_answered_and_when_nobody_did(int width)
    {
        var lines = MeasurementText.Draw(Samples.Measurement(), width, colour: false);

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        string bar = lines[1].Split('|')[1];
        Assert.Equal(width - 20, bar.Length);
        Assert.Matches("^A+x+B+$", bar);

        // 3.22 s of 10 s, and the cells at both ends that it shares.
        Assert.InRange(bar.Count(static c => c == 'x'), bar.Length * 32 / 100, (bar.Length * 33 / 100) + 2);
        Assert.Contains("A 192.0.2.1   B 192.0.2.2   x not answered", lines[2], StringComparison.Ordinal);
        Assert.Contains(lines, static line => line.Contains("12:00:03.000  3.22 s out, 322 lost, 192.0.2.1 -> 192.0.2.2", StringComparison.Ordinal));
        Assert.Contains("1 outage of 3.22 s: 322 of 1000 probes were lost.", string.Join(' ', lines), StringComparison.Ordinal);
    }

    [Fact]
    public void The_shortest_outage_has_a_cell()
    {
        var blink = Samples.Outage() with { Start = Samples.Noon.AddSeconds(3.05), End = Samples.Noon.AddSeconds(3.051), Duration = TimeSpan.FromMilliseconds(1), Lost = 1 };
        var lines = MeasurementText.Draw(Samples.Measurement() with { Outage = [blink] }, 80, colour: false);

        Assert.Equal(1, lines[1].Count(static c => c == 'x'));
    }

    [Fact]
    public void Without_an_outage_it_says_so()
    {
        var lines = MeasurementText.Draw(Samples.Measurement(outages: 0), 80, colour: false);

        Assert.DoesNotContain('x', lines[1]);
        Assert.Contains("No outage: all 1000 probes were answered.", string.Join(' ', lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_is_only_added()
    {
        var plain = MeasurementText.Draw(Samples.Measurement(), 80, colour: false);
        var coloured = MeasurementText.Draw(Samples.Measurement(), 80, colour: true);

        Assert.Contains('\e', string.Concat(coloured));
        Assert.Equal(plain, coloured.Select(static line => System.Text.RegularExpressions.Regex.Replace(line, @"\e\[[0-9]+m", string.Empty, System.Text.RegularExpressions.RegexOptions.NonBacktracking)));
    }

    [Fact]
    public void The_drawing_is_one_valid_file_that_needs_nothing()
    {
        var svg = XDocument.Parse(MeasurementText.ToSvg([Samples.Measurement()]));
        XNamespace ns = "http://www.w3.org/2000/svg";

        Assert.Equal(ns + "svg", svg.Root!.Name);
        Assert.Equal(2, svg.Descendants(ns + "rect").Count(static r => ((string)r.Attribute("class")!).StartsWith('h')));
        Assert.Single(svg.Descendants(ns + "rect"), static r => (string)r.Attribute("class")! == "lost");
        Assert.DoesNotContain(svg.Descendants().Attributes(), static a => a.Name.LocalName == "href");
        Assert.Contains("prefers-color-scheme:dark", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_the_wire_are_no_markup()
    {
        var change = Samples.Measurement().MasterChange[0] with { MasterAfter = "<script>alert('x')</script>\u0001&\"" };
        string svg = MeasurementText.ToSvg([Samples.Measurement() with { MasterChange = [change] }]);

        Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<script>alert('x')</script>\uFFFD&\"", string.Concat(XDocument.Parse(svg).Descendants().Select(static e => e.Value)), StringComparison.Ordinal);
    }
}
