namespace VrrpPS.Module.Tests.Help;

/// <summary>The about topics: their form, and that they are part of the module.</summary>
public sealed class AboutTests
{
    private const string Troubleshooting = "about_VrrpTroubleshooting";

    public static TheoryData<string> Topics => ["about_VrrpPS", "about_VrrpConfiguration", Troubleshooting];

    [Fact]
    public void The_codes_of_the_troubleshooting_topic_are_those_of_the_documents()
        => ApprovedText.CheckFile(PathOf(Troubleshooting), AboutTopic.Text(Troubleshooting));

    [Fact]
    public void Every_topic_is_looked_at()
        => Assert.Equal(
            Topics.Select(row => $"{row.Data}.help.txt").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(Repository.ModuleSource, "en-US"), "about_*").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_fits_a_terminal(string topic)
        => Assert.All(File.ReadAllLines(PathOf(topic)), line =>
        {
            Assert.True(line.Length <= AboutTopic.Width, line);
            Assert.Equal(line.TrimEnd(), line);
            Assert.DoesNotContain('\t', line);
        });

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_has_the_parts_that_Get_Help_reads(string topic)
    {
        string[] lines = File.ReadAllLines(PathOf(topic));
        Assert.Equal(["TOPIC", $"    {topic}", string.Empty, "SHORT DESCRIPTION"], lines[..4]);
        Assert.Contains("LONG DESCRIPTION", lines);
        Assert.Contains("SEE ALSO", lines);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_part_of_the_composed_module(string topic)
        => Assert.Equal(File.ReadAllText(PathOf(topic)), File.ReadAllText(Path.Combine(Repository.ComposedModule, "en-US", $"{topic}.help.txt")));

    private static string PathOf(string topic) => Path.Combine(Repository.ModuleSource, "en-US", $"{topic}.help.txt");
}
