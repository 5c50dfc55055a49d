using System.Xml.Linq;
using VrrpPS.Engine.Report;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Report;

public sealed class HtmlReportTests
{
    private const string Evil = "</style><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u0000\u001b[31m";

    [Fact]
    public void All_kinds_have_their_place()
    {
        var content = Fill(new ReportContent(), "web");
        string page = HtmlReport.Write(content, "Acceptance", Samples.Noon);

        foreach (string heading in new[] { "Who was Master when", "What clients noticed", "What was found", "Instances", "Advertisements", "Changes of state", "Events", "Whether the addresses answer" })
        {
            Assert.Contains($"<h2>{heading}</h2>", page, StringComparison.Ordinal);
        }

        Assert.Contains("322 of 1000", page, StringComparison.Ordinal);
        Assert.Contains("3.22 s", page, StringComparison.Ordinal);
        Assert.Contains("192.0.2.2 (VRID 41)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_nothing_and_runs_nothing()
    {
        string page = HtmlReport.Write(Fill(new ReportContent(), "web"), "Acceptance", Samples.Noon);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
        Assert.Contains("@media print", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_came_from_a_name_or_the_wire_is_markup()
    {
        string page = HtmlReport.Write(Fill(new ReportContent(), Evil), Evil, Samples.Noon);
        var tree = Parse(page);

        Assert.DoesNotContain(tree.Descendants(), static e => e.Name.LocalName is "script" or "img");
        Assert.DoesNotContain(tree.Descendants().Attributes(), static a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Contains("<script>alert(1)</script>", tree.Root!.Element("body")!.Element("h1")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', page);
    }

    [Fact]
    public void The_tree_is_well_formed() => Assert.NotNull(Parse(HtmlReport.Write(Fill(new ReportContent(), "web"), "A & B", Samples.Noon)).Root);

    [Fact]
    public void Lanes_show_each_state_in_its_time()
    {
        var content = new ReportContent();
        Assert.True(content.Add(Samples.Transition(seconds: 2, from: RouterState.Initialize, to: RouterState.Backup)));
        Assert.True(content.Add(Samples.Transition(seconds: 5)));
        Assert.True(content.Add(Samples.State()));
        var lane = Assert.Single(RoleLanes.Of(content, TimeAxis.Over(RoleLanes.Times(content))));

        Assert.Equal([(2.0, 5.0, LaneChart.Backup), (5.0, 10.0, LaneChart.Master)], lane.Segments.Select(static s => ((s.From - Samples.Noon).TotalSeconds, (s.To - Samples.Noon).TotalSeconds, s.Style)));
    }

    [Fact]
    public void A_speaker_that_is_silent_for_long_or_gives_up_is_no_Master_meanwhile()
    {
        var content = new ReportContent();
        foreach (var advert in new[] { Samples.Advert(0), Samples.Advert(1), Samples.Advert(6), Samples.Advert(7), Samples.Advert(7.5, priority: 0), Samples.Advert(9) })
        {
            Assert.True(content.Add(advert));
        }

        var lane = Assert.Single(RoleLanes.Of(content, TimeAxis.Over(RoleLanes.Times(content))));

        Assert.Equal([(0.0, 2.0), (6.0, 7.5), (9.0, 9.0)], lane.Segments.Select(static s => ((s.From - Samples.Noon).TotalSeconds, (s.To - Samples.Noon).TotalSeconds)));
    }

    [Fact]
    public void Other_things_are_not_taken()
    {
        var content = new ReportContent();
        Assert.False(content.Add("text"));
        Assert.False(content.Add(null));
        Assert.Equal(0, content.Count);
    }

    [Fact]
    public void A_long_table_is_cut_and_says_so()
    {
        var content = new ReportContent();
        for (int i = 0; i < 600; i++)
        {
            _ = content.Add(Samples.Transition(seconds: i));
        }

        Assert.Contains("100 more rows are left out.", HtmlReport.Write(content, "t", Samples.Noon), StringComparison.Ordinal);
    }

    private static ReportContent Fill(ReportContent content, string name)
    {
        object[] parts =
        [
            Samples.State(name), Samples.Transition(name), Samples.Measurement(), Samples.Outage() with { Symptom = name, MasterAfter = name },
            Samples.Advert(0) with { Change = [name] }, Samples.Advert(1), Samples.Advert(7, "192.0.2.2", 100) with { Problem = [name], ProblemCode = [AdvertProblemCode.Gap] },
            new VrrpFinding { Code = name, Severity = VrrpFindingSeverity.Error, Subject = name, Message = name, Fix = name },
            new VrrpEvent { Time = Samples.Noon, Name = name, Kind = VrrpEventKind.SplitBrain, Message = name, IsWarning = true },
            new VipReachability { VirtualIPAddress = "192.0.2.250", Reachable = false, Timestamp = Samples.Noon, Problem = [name] },
        ];
        Assert.All(parts, part => Assert.True(content.Add(part)));
        return content;
    }

    /// <summary>The page as a tree: what HTML leaves open is closed first.</summary>
    private static XDocument Parse(string page)
    {
        string body = page[(page.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        int from = body.IndexOf("<meta charset", StringComparison.Ordinal), to = body.IndexOf("<title>", StringComparison.Ordinal);
        return XDocument.Parse(body.Remove(from, to - from));
    }
}
