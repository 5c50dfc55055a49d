using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VrrpPS.Module.Tests;

public sealed class ViewTests
{
    private const int Columns = 80;
    private static readonly Regex Member = new(@"\$_\.(?<member>\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
    private static readonly Regex Helper = new(@"\[(?<type>VrrpPS[\w.]*)\]::(?<member>\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
    private static readonly XDocument Formats = XDocument.Load(Path.Combine(Repository.ModuleSource, "VrrpPS.Format.ps1xml"));

    public static TheoryData<string> Types => [.. OutputTypes.All.Select(t => t.FullName!)];

    public static TheoryData<string> ViewNames => [.. Formats.Descendants("View").Select(v => v.Element("Name")!.Value)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_has_a_table_and_then_a_list(string type)
    {
        var views = Formats.Descendants("View").Where(v => v.Element("ViewSelectedBy")!.Elements("TypeName").Any(t => t.Value == type)).ToArray();
        Assert.Equal(["TableControl", "ListControl"], views.SelectMany(v => v.Elements().Where(e => e.Name.LocalName.EndsWith("Control", StringComparison.Ordinal)).Select(e => e.Name.LocalName)));
    }

    [Fact]
    public void No_view_is_for_an_unknown_type()
        => Assert.All(Formats.Descendants("TypeName"), t => Assert.NotNull(OutputTypes.Find(t.Value)));

    [Theory]
    [MemberData(nameof(ViewNames))]
    public void A_view_refers_to_members_that_exist(string name)
    {
        var view = View(name);
        var type = OutputTypes.Find(view.Descendants("TypeName").Single().Value)!;
        var members = view.Descendants("PropertyName").Select(p => p.Value)
            .Concat(view.Descendants("ScriptBlock").SelectMany(s => Member.Matches(s.Value)).Select(m => m.Groups["member"].Value));
        Assert.All(members, member => Assert.True(type.GetMember(member).Length > 0, $"{name}: {type.Name} has no {member}"));
    }

    [Theory]
    [MemberData(nameof(ViewNames))]
    public void A_view_calls_helpers_that_exist(string name)
    {
        foreach (Match call in Helper.Matches(View(name).Value))
        {
            var type = typeof(VrrpInstance).Assembly.GetType(call.Groups["type"].Value);
            Assert.True(type is not null && type.GetMember(call.Groups["member"].Value).Length > 0, call.Value);
        }
    }

    [Theory]
    [MemberData(nameof(ViewNames))]
    public void A_table_fits_80_columns_and_has_a_header_per_cell(string name)
    {
        var headers = View(name).Descendants("TableColumnHeader").ToArray();
        if (headers.Length == 0)
        {
            return;
        }

        Assert.Equal(headers.Length, View(name).Descendants("TableColumnItem").Count());
        int[] widths = [.. headers.Select(h => (int?)h.Element("Width") ?? h.Element("Label")!.Value.Length)];
        Assert.True(widths.Sum() + widths.Length - 1 <= Columns, $"{name} is {widths.Sum() + widths.Length - 1} wide");
        Assert.True(headers[..^1].All(h => h.Element("Width") is not null), $"{name}: only the last column takes what is left");
        Assert.All(headers.Where(h => h.Element("Width") is not null), h => Assert.True((int)h.Element("Width")! >= h.Element("Label")!.Value.Length, h.Value));
    }

    [Fact]
    public void Colour_is_left_out_of_plain_text()
        => Assert.All(
            Formats.Descendants("ScriptBlock").Where(s => s.Value.Contains("$PSStyle.Foreground", StringComparison.Ordinal)),
            s => Assert.Contains("$PSStyle.OutputRendering", s.Value, StringComparison.Ordinal));

    [Fact]
    public void A_list_shows_every_property_but_the_seconds_beside_a_duration()
    {
        foreach (var view in Formats.Descendants("View").Where(v => v.Element("ListControl") is not null))
        {
            var type = OutputTypes.Find(view.Descendants("TypeName").Single().Value)!;
            string[] shown = [.. view.Descendants("ListItem").Select(i => i.Element("PropertyName")?.Value ?? i.Element("Label")!.Value)];
            var expected = type.GetProperties().Select(p => p.Name).Where(n => !n.EndsWith("Seconds", StringComparison.Ordinal) && n != "ProblemCode");
            Assert.Empty(expected.Except(shown));
        }
    }

    private static XElement View(string name) => Formats.Descendants("View").Single(v => v.Element("Name")!.Value == name);
}
