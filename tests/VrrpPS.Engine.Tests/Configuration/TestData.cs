namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>The files that the build puts beside the tests, and where they come from.</summary>
internal static class TestData
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Configuration");

    /// <summary>The repository, for files that a test approves or generates.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>This project's folder in the repository.</summary>
    public static string Source => Path.Combine(Repository, "tests", "VrrpPS.Engine.Tests");

    public static string[] Corpus => Directory.GetFiles(Path.Combine(Folder, "Corpus"), "*.conf").Order(StringComparer.Ordinal).ToArray();

    public static string CorpusFile(string start) => Corpus.Single(f => Path.GetFileName(f).StartsWith(start, StringComparison.Ordinal));

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VrrpPS.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No VrrpPS.sln above the tests.");
    }
}
