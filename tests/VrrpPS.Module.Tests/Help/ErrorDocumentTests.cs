using System.Reflection;
using VrrpPS.Engine.Checks;
using VrrpPS.Engine.Errors;
using VrrpPS.Errors;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Module.Tests.Help;

/// <summary>docs/errors.md has a row with cause and remedy for every name that users can meet, and none besides.</summary>
public sealed class ErrorDocumentTests
{
    private const string Page = "errors.md";

    /// <summary>What <c>Get-VrrpState</c> adds by itself to the warnings of the loop.</summary>
    private static readonly string[] StateWarnings = ["LeaseOverlap", "NoGuard"];

    public static TheoryData<string, string[]> Sections => new()
    {
        { "Errors", [.. Constants(typeof(ErrorIds)), .. Constants(typeof(ErrorRecords))] },
        { "Faults", [.. Enum.GetNames<FaultReasons>().Where(name => name != nameof(FaultReasons.None))] },
        { "Warnings of an instance", [.. Enum.GetNames(RouterWarning), .. Enum.GetNames<DecodeError>().Where(name => name != nameof(DecodeError.None)), .. StateWarnings] },
        { "Events", Enum.GetNames<VrrpEventKind>() },
        { "Problems of advertisements", Enum.GetNames<AdvertProblemCode>() },
        { "Problems of reachability", Enum.GetNames<VipProblemCode>() },
    };

    private static Type RouterWarning => typeof(ErrorIds).Assembly.GetType("VrrpPS.Engine.Runtime.Routers.RouterWarning", throwOnError: true)!;

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_name_of_the_code_has_one_row_and_every_row_a_name(string section, string[] names)
        => Assert.Equal(names.Order(StringComparer.Ordinal), DocumentTable.Rows(Page, section).SelectMany(row => row.Names).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_row_has_a_cause_and_a_remedy(string section, string[] names)
    {
        Assert.NotEmpty(names);
        Assert.All(DocumentTable.Rows(Page, section), row =>
        {
            Assert.Equal(2, row.Cells.Length);
            Assert.All(row.Cells, Assert.NotEmpty);
        });
    }

    [Fact]
    public void The_warnings_that_a_state_adds_are_those_of_its_source()
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "src", "VrrpPS.Engine", "Runtime", "StateView.cs"));
        Assert.All(StateWarnings, name => Assert.Contains($"\"{name}: ", source, StringComparison.Ordinal));
        Assert.Equal(StateWarnings.Length, source.Split("texts.Add($\"").Length - 1);
    }

    [Fact]
    public void The_topic_of_the_shell_has_them_all()
    {
        string[] topic = File.ReadAllLines(Path.Combine(Repository.ModuleSource, "en-US", "about_VrrpTroubleshooting.help.txt"));
        var names = topic.Where(line => line.StartsWith("    ", StringComparison.Ordinal) && line.Length > 4 && line[4] != ' ').SelectMany(line => line.Trim().Split(", ")).ToHashSet(StringComparer.Ordinal);
        Assert.All(Constants(typeof(ErrorIds)).Concat(Constants(typeof(FindingCodes))).Concat(Constants(typeof(ErrorRecords))), name => Assert.Contains(name, names));
    }

    private static IEnumerable<string> Constants(Type type)
        => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
