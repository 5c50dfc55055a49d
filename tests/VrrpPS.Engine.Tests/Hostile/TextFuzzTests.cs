using System.Text;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Tests.Configuration;
using VrrpPS.Engine.Tests.Recording;
using Xunit;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>
/// Whatever stands in a configuration, a duration or a recording: it ends in a value, in findings, or in the one error, never in
/// another exception and never in an endless loop.
/// </summary>
public sealed class TextFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] s_words =
    [
        "{", "}", "[", "]", "\"", ":", ",", "//", "/*", "*/", "null", "true", "-1", "0", "1e400", "99999999999999999999", "0.1", "\\u0000", "\\ud800", "\uFEFF",
        "vrrp_instance", "virtual_ipaddress", "virtual_router_id", "advert_int", "authentication", "auth_pass", "$X", "$X=", "${X}", "~SEQ(a,1,9)", "~LST", "include /dev/null\n",
        "@id", "@^id", "!", "#", "<", ">", "\t", "\r", "\n", "256", "192.0.2.1/33", "fe80::1%eth0", "::ffff:192.0.2.1", "never", "nopreempt", "state MASTER", "\"name\":",
    ];

    [Fact]
    public void Json_configurations()
    {
        string written = JsonConfigurationWriter.Write(Document(), includeSecrets: true);
        FuzzConfigurations([written, written.ReplaceLineEndings(" "), "{\"instances\":[]}"], JsonConfigurationReader.Read);
    }

    [Fact]
    public void Keepalived_configurations()
        => FuzzConfigurations([.. TestData.Corpus.Select(File.ReadAllText)], Engine.Configuration.Keepalived.KeepalivedReader.Read);

    [Fact]
    public void Durations()
    {
        var mutator = new TextMutator(Announce(), ["1s", "1.5s", "100ms", "250us", "2m", "1h", "0", "3600", "0.0000001s", "87672h"], ["s", "ms", "us", ".", "-", "+", "e9", " ", "0", "9", "٣", ",", "h"]);
        int read = 0;
        int count = FuzzSettings.Count(200_000);
        for (int i = 0; i < count; i++)
        {
            string text = mutator.Next();
            if (DurationText.TryParse(text, out var duration))
            {
                read++;
                Assert.InRange(duration, TimeSpan.Zero, TimeSpan.FromDays(3653));
                Assert.True(DurationText.TryParse(DurationText.Format(duration), out var again) && again == duration, $"'{text}' is {duration}, formatted {DurationText.Format(duration)}");
            }
        }

        Assert.InRange(read, count / 10, count - (count / 10));
    }

    [Fact]
    public void Recordings()
    {
        string[] corpus = [.. Enumerable.Range(1, 8).Select(static seed => RecordedRun.Text(seed, 40))];
        string[] words = ["\"t\":", "\"in\":", "\"out\":[]", "\"kind\":\"Reconfigured\"", "\"state\":{", "never", "-1", "\n", .. s_words];
        var mutator = new TextMutator(Announce(), corpus, words);
        var random = new Random(FuzzSettings.Seed);
        int refused = 0;
        int different = 0;
        int count = FuzzSettings.Count(4000);
        for (int i = 0; i < count; i++)
        {
            string text = random.Next(4) == 0 ? WithoutStep(corpus[random.Next(corpus.Length)], random) : mutator.Next();
            try
            {
                different += new RecordingReplay().Run(RecordingReader.Read(new StringReader(text), "fuzz")) is null ? 0 : 1;
            }
            catch (VrrpException error) when (error.ErrorId == ErrorIds.RecordingUnreadable)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"VRRPPS_FUZZ_SEED={FuzzSettings.Seed}, text {i}: {exception}");
            }
        }

        output.WriteLine($"{refused} refused, {different} replayed otherwise");
        Assert.InRange(refused, count / 10, count - (count / 10));
        Assert.True(different > count / 200, $"Only {different} were read and differed.");
    }

    /// <summary>A well-formed recording of something that did not happen so.</summary>
    private static string WithoutStep(string text, Random random)
    {
        string[] lines = text.Split('\n');
        int at = random.Next(lines.Length);
        while (!lines[at].Contains("\"in\":", StringComparison.Ordinal))
        {
            at = (at + 1) % lines.Length;
        }

        return string.Join('\n', [.. lines[..at], .. lines[(at + 2)..]]);
    }

    private int Announce()
    {
        output.WriteLine($"VRRPPS_FUZZ_SEED={FuzzSettings.Seed}");
        return FuzzSettings.Seed;
    }

    private void FuzzConfigurations(string[] corpus, Func<string, string, ConfigurationReadOptions?, ConfigurationResult> read)
    {
        var mutator = new TextMutator(Announce(), corpus, s_words);
        int clean = 0;
        int count = FuzzSettings.Count(5000);
        for (int i = 0; i < count; i++)
        {
            string text = mutator.Next();
            try
            {
                var result = read(text, "fuzz", null);
                int lines = text.Split('\n').Length + 1;
                foreach (var finding in result.Diagnostics.Where(static finding => finding.File == "fuzz"))
                {
                    Assert.InRange(finding.Line, 0, lines);
                    Assert.False(string.IsNullOrWhiteSpace(finding.Message));
                }

                if (!result.HasErrors)
                {
                    clean++;
                    string again = JsonConfigurationWriter.Write(result.Document, includeSecrets: true);
                    var second = JsonConfigurationReader.Read(again, "again", null);

                    // Half of a surrogate pair can be in no file, so it is never the same again.
                    bool canBeInFile = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
                    if (canBeInFile && !result.Document.Equals(second.Document))
                    {
                        Assert.Fail($"VRRPPS_FUZZ_SEED={FuzzSettings.Seed}, text {i} is another one when it is read again: {string.Join("; ", second.Diagnostics)}\n{again}\n{JsonConfigurationWriter.Write(second.Document, includeSecrets: true)}\n{text}");
                    }
                }
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"VRRPPS_FUZZ_SEED={FuzzSettings.Seed}, text {i}: {exception}");
            }
        }

        output.WriteLine($"{clean} of {count} without errors");
        Assert.InRange(clean, count / 100, count - (count / 10));
    }

    private static ConfigurationDocument Document() => new()
    {
        RouterId = "n1",
        Instances =
        [
            RecordedRun.ConfigurationNamed("web") with { AuthenticationPass = Secret.FromText("x"), Version = Protocol.VrrpVersion.V2 },
            RecordedRun.ConfigurationNamed("db") with
            {
                VirtualRouterId = 52,
                VirtualAddresses = [VirtualAddress.Parse("192.0.2.101/24"), VirtualAddress.Parse("192.0.2.102") with { Advertised = false }],
                PreemptDelay = TimeSpan.FromMilliseconds(1500),
                AllowedPeers = [Protocol.InetAddress.Parse("192.0.2.9")],
                TrackInterfaces = ["eth1"],
                Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromSeconds(2)], Spacing = TimeSpan.FromMicroseconds(100) },
            },
        ],
    };
}
