using System.Diagnostics;
using System.Text.RegularExpressions;
using VrrpPS.Engine.Configuration;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>Files shaped as people have them on disk.</summary>
public sealed partial class KeepalivedCorpusTests
{
    [Theory]
    [InlineData("01", "VI_1", "")]
    [InlineData("02", "VI_1", "")]
    [InlineData("03", "v6_gw", "")]
    [InlineData("04", "VIP", "")]
    [InlineData("05", "outside,inside", "")]
    [InlineData("06", "VI_LVS", "")]
    [InlineData("07", "eth3_1", "")]
    [InlineData("08", "strict", "")]
    [InlineData("09", "A", "")]
    [InlineData("10", "tuned", "")]
    [InlineData("12", "VI_1", "")]
    public void Converts(string file, string names, string losses)
    {
        var result = Load(file);
        Assert.DoesNotContain(result.Diagnostics, d => d.Severity == ConfigurationSeverity.Error);
        Assert.Equal(names, string.Join(',', result.Document.Instances.Select(i => i.Name)));
        Assert.Equal(losses, string.Join(' ', result.Diagnostics.Where(d => d.IsLoss).Select(d => $"{d.Line}:{d.Column}")));
    }

    [Fact]
    public void Mistakes_are_found_all_and_exactly()
        => Assert.Equal(
            "2:11 3:5 5:23 6:14 7:16 9:9 10:9 11:23 14:1",
            string.Join(' ', Load("11").Diagnostics.Where(d => d.Severity == ConfigurationSeverity.Error).Select(d => $"{d.Line}:{d.Column}")));

    [Fact]
    public void Details()
    {
        var web = Assert.Single(Load("01").Document.Instances);
        Assert.Equal("192.0.2.100/24 label eth0:vip brd 192.0.2.255, 192.0.2.101/24", web.VirtualAddresses.ToString());
        Assert.Equal(6, web.AuthenticationPass!.Length);
        var defined = Load("07");
        var c = Assert.Single(defined.Document.Instances);
        Assert.Equal(("eth3", 77, 200, "somewhere"), (c.InterfaceName, c.Priority, c.AdvertisementInterval.Centiseconds, defined.Document.RouterId));
        var tuned = Assert.Single(Load("10").Document.Instances);
        Assert.Equal(("10s", TimeSpan.Zero, 5.5, 300.0), (string.Join(',', tuned.Announcement.RepeatAfter.Select(DurationText.Format)), tuned.Announcement.RefreshInterval, tuned.StartupDelay.TotalSeconds, tuned.PreemptDelay.TotalSeconds));
        Assert.Equal(1, Load("06").Diagnostics.Count(d => d.Code == ConfigurationCodes.VirtualServer));
    }

    /// <summary>keepalived itself finds unknown keywords on the same lines.</summary>
    [Fact]
    [Trait("Lane", "Interop")]
    public async Task Keepalived_agrees_about_unknown_keywords()
    {
        KeepalivedCheck.SkipUnlessInstalled();
        foreach (string file in TestData.Corpus)
        {
            string output = await KeepalivedCheck.OutputAsync(file);
            var theirs = UnknownKeyword().Matches(output).Select(m => m.Groups["line"].Value).ToHashSet(StringComparer.Ordinal);
            var ours = ConfigurationFile.Load(file, new ConfigurationReadOptions { KeepalivedConfigId = "test" }).Diagnostics
                .Where(d => d.Code == ConfigurationCodes.UnknownKeyword && d.Message.Contains("no keyword", StringComparison.Ordinal)).Select(d => d.Line.ToString()).ToHashSet(StringComparer.Ordinal);
            Assert.True(theirs.SetEquals(ours), $"{Path.GetFileName(file)}: keepalived {string.Join(',', theirs)}, here {string.Join(',', ours)}");
        }
    }

    /// <summary>Damaged files end in findings, never in exceptions, hangs or floods.</summary>
    [Fact]
    public void Mutations_give_findings_only()
    {
        const int cases = 20_000;
        string[] texts = [.. TestData.Corpus.Select(File.ReadAllText), File.ReadAllText(Path.Combine(TestData.Folder, "Schema", "vrrpps.example.json"))];
        string[] pieces = ["{", "}", "\"", "\\", "\n", "$A", "${", "@", "~SEQ", "#", "\0", "\u00e4", "include x", "99999999999999999999", "-1", "vrrp_instance", "\\\n", "[", ",", "\ud800", "$VIP=$VIP"];
        var random = new Random(20_261_114);
        var options = new ConfigurationReadOptions { KeepalivedConfigId = "x" };
        int withErrors = 0;
        for (int i = 0; i < cases; i++)
        {
            string text = Mutate(texts[random.Next(texts.Length)], pieces, random);
            ConfigurationResult result;
            try
            {
                result = ConfigurationFile.Read(text, "fuzz", options);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"case {i}: {e.Message}\n{text}", e);
            }

            Assert.InRange(result.Diagnostics.Count, 0, DiagnosticBag.Limit + 2);
            Assert.DoesNotContain(result.Diagnostics, d => d.Message.Length == 0 || d.Line < 0 || d.Column < 0);
            if (!result.HasErrors)
            {
                ConfigurationValidator.ThrowIfInvalid(result.Document.Instances);
            }

            withErrors += result.HasErrors ? 1 : 0;
        }

        Assert.InRange(withErrors, cases / 4, cases);
    }

    [Fact]
    public void Pathological_input_is_read_in_bounded_time()
    {
        var watch = Stopwatch.StartNew();
        string[] inputs =
        [
            new string('{', 200_000),
            string.Concat(Enumerable.Repeat("a {\n", 100_000)),
            string.Concat(Enumerable.Repeat("\\\n", 200_000)),
            string.Concat(Enumerable.Repeat("$A=$A$A\n$A\n", 10_000)),
            new string('"', 200_001),
            "vrrp_instance A {\n" + string.Concat(Enumerable.Repeat("x\n", 200_000)) + "}",
            "[" + new string('[', 100_000),
        ];
        foreach (string input in inputs)
        {
            Assert.True(ConfigurationFile.Read(input, "n").Diagnostics.Count > 0);
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"took {watch.Elapsed}");
    }

    private static string Mutate(string text, string[] pieces, Random random)
    {
        for (int edits = random.Next(1, 6); edits > 0; edits--)
        {
            int at = random.Next(text.Length + 1);
            int length = Math.Min(random.Next(20), text.Length - at);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, pieces[random.Next(pieces.Length)]),
                2 => text[..at] + (char)random.Next(1, 0x100) + text[Math.Min(text.Length, at + 1)..],
                _ => text.Insert(at, text.Substring(random.Next(text.Length - length + 1), length)),
            };
        }

        return text;
    }

    private static ConfigurationResult Load(string start) => ConfigurationFile.Load(TestData.CorpusFile(start), new ConfigurationReadOptions { KeepalivedConfigId = "test" });

    [GeneratedRegex(@"Line (?<line>\d+)\) Unknown keyword", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnknownKeyword();
}
