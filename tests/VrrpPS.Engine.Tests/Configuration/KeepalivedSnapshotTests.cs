using System.Globalization;
using System.Text;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Keepalived;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>
/// What becomes of each file of the corpus, approved once: a change must be meant. VRRPPS_APPROVE=1 writes the approved files anew.
/// </summary>
public sealed class KeepalivedSnapshotTests
{
    private static readonly ConfigurationReadOptions Options = new() { KeepalivedConfigId = "test" };

    public static TheoryData<string> Files => [.. TestData.Corpus.Select(f => Path.GetFileName(f)!)];

    [Fact]
    public void The_corpus_is_varied() => Assert.InRange(TestData.Corpus.Length, 30, 1000);

    [Theory]
    [MemberData(nameof(Files))]
    public void The_result_is_the_approved_one(string file)
    {
        string approved = Path.Combine(TestData.Source, "Configuration", "Corpus", "Approved", Path.ChangeExtension(file, ".txt"));
        string actual = Describe(ConfigurationFile.Load(TestData.CorpusFile(file), Options));
        if (Environment.GetEnvironmentVariable("VRRPPS_APPROVE") == "1")
        {
            File.WriteAllText(approved, actual);
        }

        Assert.Equal(File.ReadAllText(approved), actual);
    }

    /// <summary>File, document, file, document: the documents are equal, and nothing that the file said is lost on the way.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Written_and_read_again_it_is_the_same(string file)
    {
        var first = ConfigurationFile.Load(TestData.CorpusFile(file), Options);
        if (first.HasErrors)
        {
            Assert.StartsWith("11", file, StringComparison.Ordinal);
            return;
        }

        var written = KeepalivedWriter.Write(first.Document, includeSecrets: true);
        Assert.DoesNotContain(written.Diagnostics, d => d.IsLoss);
        var second = KeepalivedReader.Read(written.Text, "written");
        Assert.Equal(first.Document, second.Document);
        Assert.False(second.HasErrors || second.IsPartial);
        Assert.Equal(written.Text, KeepalivedWriter.Write(second.Document, includeSecrets: true).Text);
    }

    [Fact]
    [Trait("Lane", "Interop")]
    public async Task Keepalived_takes_every_written_file()
    {
        KeepalivedCheck.SkipUnlessInstalled();
        using var folder = new TemporaryFolder();
        foreach (string file in TestData.Corpus)
        {
            var result = ConfigurationFile.Load(file, Options);
            if (!result.HasErrors)
            {
                string text = KeepalivedWriter.Write(result.Document, includeSecrets: true).Text;
                var complaints = await KeepalivedCheck.ComplaintsAsync(folder.Write("k.conf", text));
                Assert.True(complaints.Length == 0, $"{Path.GetFileName(file)}: {string.Join('\n', complaints)}\n{text}");
            }
        }
    }

    /// <summary>Where each finding stands and what kind it is, and the document as JSON.</summary>
    private static string Describe(ConfigurationResult result)
    {
        var text = new StringBuilder();
        foreach (var d in result.Diagnostics)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(d.File)}:{d.Line}:{d.Column} {d.Severity} {d.Code}{(d.IsLoss ? " loss" : string.Empty)}\n");
        }

        return text.Append('\n').Append(JsonConfigurationWriter.Write(result.Document, includeSecrets: true)).ToString();
    }
}
