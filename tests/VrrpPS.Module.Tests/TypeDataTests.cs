using System.Xml.Linq;

namespace VrrpPS.Module.Tests;

public sealed class TypeDataTests
{
    private static readonly XDocument Data = XDocument.Load(Path.Combine(Repository.ModuleSource, "VrrpPS.Types.ps1xml"));

    public static TheoryData<string> Types => [.. Data.Root!.Elements("Type").Select(t => t.Element("Name")!.Value)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Members_refer_to_members_that_exist(string name)
    {
        var type = OutputTypes.Find(name);
        Assert.NotNull(type);
        var members = Type(name);
        Assert.All(
            members.Descendants("ReferencedMemberName").Concat(members.Descendants("ReferencedProperties").Elements("Name")),
            reference => Assert.NotNull(type.GetProperty(reference.Value)));
        Assert.NotEmpty(members.Descendants("PropertySet"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Added_members_are_hidden_from_json_and_csv(string name)
        => Assert.All(
            Type(name).Elements("Members").Elements().Where(m => m.Name.LocalName != "MemberSet"),
            member => Assert.Equal("true", member.Attribute("IsHidden")?.Value));

    [Fact]
    public void The_job_of_an_instance_is_a_method_that_exists()
    {
        Assert.Contains("$this.GetJob()", Type("VrrpPS.VrrpInstance").Value, StringComparison.Ordinal);
        Assert.NotNull(typeof(VrrpInstance).GetMethod(nameof(VrrpInstance.GetJob)));
    }

    private static XElement Type(string name) => Data.Root!.Elements("Type").Single(t => t.Element("Name")!.Value == name);
}
