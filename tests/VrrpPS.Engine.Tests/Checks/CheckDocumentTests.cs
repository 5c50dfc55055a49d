using System.Reflection;
using System.Text.RegularExpressions;
using VrrpPS.Engine.Checks;
using VrrpPS.Engine.Configuration;
using Xunit;

namespace VrrpPS.Engine.Tests.Checks;

/// <summary>docs/checks.md and docs/field-problems.md say what is so.</summary>
public sealed partial class CheckDocumentTests
{
    private static readonly string s_root = FindRoot();

    [Fact]
    public void Every_code_of_a_check_has_exactly_one_row_and_every_row_a_code()
    {
        var rows = Rows().Matches(Document("checks.md")).Select(static row => row.Groups["code"].Value).ToArray();
        Assert.Equal(Codes(typeof(FindingCodes)).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_code_is_its_own_name()
        => Assert.All(typeof(FindingCodes).GetFields(BindingFlags.Public | BindingFlags.Static), static field => Assert.Equal(field.Name, field.GetRawConstantValue()));

    [Fact]
    public void The_codes_of_reading_are_named()
    {
        string text = Document("checks.md");
        Assert.All(Codes(typeof(ConfigurationCodes)), code => Assert.Contains($"`{code}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_codes_of_strictness_are_named()
    {
        var codes = StrictCodes().Matches(File.ReadAllText(Path.Combine(s_root, "src", "VrrpPS.Engine", "Configuration", "Strict", "StrictReport.cs")));
        Assert.True(codes.Count > 5, "the pattern does not find them");
        Assert.All(codes, static code => Assert.Contains($"`{code.Groups["code"].Value}`", Document("checks.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_row_has_a_cause_and_a_remedy()
        => Assert.All(
            Document("checks.md").Split('\n').Where(static line => Rows().IsMatch(line)),
            static line => Assert.All(line.Trim('|').Split('|'), static cell => Assert.NotEmpty(cell.Trim())));

    [Fact]
    public void Each_of_the_twenty_problems_has_an_answer_and_something_that_shows_it()
    {
        string[] rows = [.. Document("field-problems.md").Split('\n').Where(static line => Numbered().IsMatch(line))];
        Assert.Equal(Enumerable.Range(1, 20), rows.Select(static row => int.Parse(row.Split('|')[1])));
        Assert.All(rows, static row => Assert.True(Tests().IsMatch(row.Split('|')[4]), row));
    }

    [Fact]
    public void Every_test_and_every_code_that_the_problems_name_exists()
    {
        string text = Document("field-problems.md");
        string[] sources = [.. Directory.GetFiles(Path.Combine(s_root, "tests"), "*Tests.cs", SearchOption.AllDirectories)];
        Assert.All(Tests().Matches(text), name => Assert.True(Exists(sources, name.Groups["class"].Value, name.Groups["method"].Value), name.Value));
        Assert.All(NamedCodes().Matches(text), static code => Assert.Contains(code.Groups["code"].Value, Codes(typeof(FindingCodes))));
    }

    private static string[] Codes(Type type) => [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!)];

    private static bool Exists(string[] sources, string type, string method)
        => Array.Find(sources, file => Path.GetFileNameWithoutExtension(file) == type) is { } source
        && (method.Length == 0 || File.ReadAllText(source).Contains($" {method}(", StringComparison.Ordinal));

    private static string Document(string name) => File.ReadAllText(Path.Combine(s_root, "docs", name));

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "VrrpPS.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No VrrpPS.sln above {AppContext.BaseDirectory}: this test reads the documents of the sources.");
    }

    [GeneratedRegex(@"^\| `(?<code>\w+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Rows();

    [GeneratedRegex("new\\(\"(?<code>Strict\\w+)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex StrictCodes();

    [GeneratedRegex(@"^\| \d+ \|", RegexOptions.None, 10_000)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<method>\w+))?`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Tests();

    [GeneratedRegex(@"code `(?<code>\w+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NamedCodes();
}
