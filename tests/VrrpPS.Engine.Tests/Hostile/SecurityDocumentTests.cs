using System.Text.RegularExpressions;
using Xunit;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>Every test that a document names exists.</summary>
public sealed partial class SecurityDocumentTests
{
    [Theory]
    [InlineData("security.md", 40)]
    [InlineData("safety.md", 30)]
    [InlineData("coexistence.md", 10)]
    [InlineData("service.md", 15)]
    [InlineData("performance.md", 3)]
    public void Every_named_test_exists(string document, int atLeast)
    {
        string root = FindRoot();
        string[] sources = [.. Directory.GetFiles(Path.Combine(root, "tests"), "*Tests.cs", SearchOption.AllDirectories)];
        var named = Names().Matches(File.ReadAllText(Path.Combine(root, "docs", document)));
        Assert.True(named.Count > atLeast, $"Only {named.Count} tests are named: the pattern does not find them.");
        string[] missing =
        [
            .. named.Where(name => !Exists(sources, name.Groups["class"].Value, name.Groups["method"].Value)).Select(static name => name.Value).Distinct(),
        ];
        Assert.True(missing.Length == 0, $"docs/{document} names what is not there: {string.Join(", ", missing)}");
    }

    private static bool Exists(string[] sources, string type, string method)
        => sources.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == type) is { } source
        && (method.Length == 0 || File.ReadAllText(source).Contains($" {method}(", StringComparison.Ordinal));

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

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<method>\w+))?`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Names();
}
