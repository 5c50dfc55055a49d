namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>The files that the build puts beside the tests.</summary>
internal static class TestData
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Configuration");

    public static string[] Corpus => Directory.GetFiles(Path.Combine(Folder, "Corpus"), "*.conf").Order(StringComparer.Ordinal).ToArray();

    public static string CorpusFile(string start) => Corpus.Single(f => Path.GetFileName(f).StartsWith(start, StringComparison.Ordinal));
}
