using System.Text.RegularExpressions;

namespace VrrpPS.Module.Tests;

/// <summary>What README claims against keepalived, and the tests that docs/comparison.md names for it.</summary>
public sealed partial class ComparisonTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "comparison.md"));

    public static TheoryData<string> Commands => [.. Document.Split('\n').Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal) || line.StartsWith("pwsh ", StringComparison.Ordinal))];

    [Fact]
    public void Every_row_of_the_comparison_has_its_section_with_tests()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string table = readme[readme.IndexOf("| | keepalived 2", StringComparison.Ordinal)..].Split("\n\n")[0];
        Assert.Contains(table, Document, StringComparison.Ordinal);
        string[] rows = [.. Row.Matches(table).Select(match => match.Groups["name"].Value).Where(name => name is not ("" or "---"))];
        string[] sections = Document.Split("\n### ")[1..];
        Assert.True(rows.Length >= 8, string.Join(" / ", rows));
        Assert.Equal(rows, sections.Select(section => section[..section.IndexOf('\n', StringComparison.Ordinal)]));
        Assert.All(sections, section => Assert.Contains("\ndotnet test ", section, StringComparison.Ordinal));
        Assert.Contains("(docs/comparison.md#the-tests-behind-it)", readme, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_named_test_exists(string command)
    {
        if (DotnetTest.Match(command) is { Success: true } test)
        {
            string folder = Path.Combine(Repository.Root, test.Groups["project"].Value);
            Assert.True(File.Exists(Path.Combine(folder, $"{Path.GetFileName(folder)}.csproj")), folder);
            string[] files = Directory.GetFiles(folder, $"{test.Groups["class"].Value}.cs", SearchOption.AllDirectories);
            Assert.Contains(files, file => IsTest(File.ReadAllText(file), test.Groups["method"].Value));
            return;
        }

        var pester = Pester.Match(command);
        Assert.True(pester.Success, command);
        string text = File.ReadAllText(Path.Combine(Repository.Root, pester.Groups["file"].Value));
        Assert.Contains(pester.Groups["name"] is { Success: true } name ? $"It '{name.Value}'" : "Describe '", text, StringComparison.Ordinal);
    }

    private static bool IsTest(string source, string method)
    {
        var declaration = Regex.Match(source, $@"\n    public (async Task|void|Task) {Regex.Escape(method)}\(", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
        if (!declaration.Success)
        {
            return false;
        }

        // The attributes stand between the previous member's end and the declaration.
        string before = source[..declaration.Index];
        string attributes = before[(before.LastIndexOf("\n\n", StringComparison.Ordinal) + 1)..];
        return attributes.Contains("[Fact", StringComparison.Ordinal) || attributes.Contains("[Theory", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| (?<name>[^|]*?) ?\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"^dotnet test (?<project>tests/[\w.]+) --filter FullyQualifiedName~(?<class>\w+)\.(?<method>\w+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DotnetTest { get; }

    [GeneratedRegex(@"^pwsh -c ""Invoke-Pester (?<file>tests/Pester/\w+\.Tests\.ps1)( -FullNameFilter '\*(?<name>[^']+)')?""$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pester { get; }
}
