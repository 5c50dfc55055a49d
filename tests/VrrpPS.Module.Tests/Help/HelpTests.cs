namespace VrrpPS.Module.Tests.Help;

public sealed class HelpTests
{
    private static readonly string File = Path.Combine("en-US", "VrrpPS.dll-Help.xml");

    public static TheoryData<string> Names => [.. CmdletInfo.All.Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void The_help_file_says_what_the_code_and_the_examples_say()
        => ApprovedText.CheckFile(Path.Combine(Repository.ModuleSource, File), MamlDocument.Text());

    [Fact]
    public void The_help_file_is_part_of_the_composed_module()
        => Assert.Equal(System.IO.File.ReadAllText(Path.Combine(Repository.ModuleSource, File)), System.IO.File.ReadAllText(Path.Combine(Repository.ComposedModule, File)));

    [Fact]
    public void Every_source_is_of_a_cmdlet()
        => Assert.Equal(CmdletInfo.All.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal), Directory.EnumerateFiles(HelpSource.Folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_has_a_synopsis_a_description_and_two_examples(string name)
    {
        var cmdlet = CmdletInfo.All.Single(c => c.Name == name);
        var source = HelpSource.Read(name);
        Assert.EndsWith(".", DocumentationComments.Of(cmdlet.Type), StringComparison.Ordinal);
        Assert.NotEmpty(source.Description);
        Assert.True(source.Examples.Count >= 2, $"{name} has {source.Examples.Count} examples.");
        Assert.All(source.Examples, example => Assert.Contains(name, example.Code, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_says_what_comes_out_and_leads_to_others(string name)
    {
        var cmdlet = CmdletInfo.All.Single(c => c.Name == name);
        Assert.NotEmpty(cmdlet.OutputTypes);
        Assert.Contains(MamlDocument.RelatedTo(cmdlet), link => !link.StartsWith("about_", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_is_described(string name)
        => Assert.All(CmdletInfo.All.Single(c => c.Name == name).Parameters, parameter => Assert.EndsWith(".", DocumentationComments.Of(parameter), StringComparison.Ordinal));
}
