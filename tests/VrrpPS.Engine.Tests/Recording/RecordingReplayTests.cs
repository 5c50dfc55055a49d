using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Recording;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Recording;

public sealed class RecordingReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_recording_replays_into_the_same_effects(int seed)
    {
        string text = RecordedRun.Text(seed, 5000);
        var replay = new RecordingReplay();
        Assert.Null(replay.Run(Read(text)));
        Assert.Equal(5000, replay.Steps);
        Assert.Equal(0, replay.Skipped);
        Assert.True(replay.Transitions.Count > 200, $"Only {replay.Transitions.Count} transitions: the run proves little.");
        var kinds = Read(text).OfType<RecordedStep>().Select(static step => step.Input.Kind).Distinct();
        Assert.Equal(Enum.GetValues<InputKind>(), kinds.Order());
        var effects = Read(text).OfType<RecordedStep>().SelectMany(static step => step.Effects).Select(static effect => effect.Kind).Distinct();
        Assert.Equal(Enum.GetValues<EffectKind>(), effects.Order());
    }

    [Theory]
    [InlineData("\"kind\":\"AnnounceAll\"", "\"kind\":\"ReleaseAll\"")]
    [InlineData("\"kind\":\"Transition\",\"from\":\"Backup\"", "\"kind\":\"Transition\",\"from\":\"Fault\"")]
    [InlineData("[{\"kind\":\"BindAll\"},", "[")]
    [InlineData("\"in\":{\"kind\":\"Startup\"", "\"in\":{\"kind\":\"Resume\"")]
    public void A_difference_is_named_with_its_line(string original, string changed)
    {
        string[] lines = RecordedRun.Text(seed: 4, steps: 2000).Split('\n');
        int at = Array.FindIndex(lines, line => line.Contains(original, StringComparison.Ordinal));
        lines[at] = lines[at].Replace(original, changed, StringComparison.Ordinal);
        var mismatch = new RecordingReplay().Run(Read(string.Join('\n', lines)));
        Assert.NotNull(mismatch);

        // The line with the effects: the changed one itself, or the one behind a changed input.
        Assert.Equal(lines[at].Contains("\"out\"", StringComparison.Ordinal) ? at + 1 : at + 2, mismatch.Line);
        Assert.StartsWith($"here:{mismatch.Line}: web answers otherwise", mismatch.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(mismatch.Recorded, mismatch.Replayed);
        Assert.Contains(mismatch.Recorded, lines[mismatch.Line - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_before_the_first_header_are_skipped_and_what_follows_replays()
    {
        using var wake = new EventFd();
        var channel = new RecordingChannel(wake);
        var run = new RecordedRun(channel, seed: 5);
        using var lines = new RecordingLines();
        for (int i = 0; i < 900; i++)
        {
            if (i == 400)
            {
                channel.NextGeneration();
            }

            run.Step();
            while (channel.Ring.Count > 0)
            {
                channel.Ring.Release(lines.Add(channel.Ring));
            }
        }

        string text = System.Text.Encoding.UTF8.GetString(lines.Bytes);
        var replay = new RecordingReplay();
        Assert.Null(replay.Run(Read(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..])));
        Assert.Equal(400, replay.Skipped);
        Assert.Equal(500, replay.Steps);
    }

    [Fact]
    public void A_line_that_was_cut_off_ends_the_recording_before_it()
    {
        string text = RecordedRun.Text(seed: 6, steps: 50);
        int whole = Read(text).Count();
        for (int cut = text.Length - 300; cut < text.Length; cut++)
        {
            var replay = new RecordingReplay();
            Assert.Null(replay.Run(Read(text[..cut])));
            Assert.InRange(replay.Steps, whole - 8, whole - 2);
        }
    }

    [Theory]
    [InlineData("{}", "'recording' is missing")]
    [InlineData("[]", "it is no object")]
    [InlineData("{\"t\":1", "line 1")]
    [InlineData("{\"recording\":2,\"r\":\"a\"}", "format 2")]
    [InlineData("{\"t\":1,\"r\":\"a\",\"out\":[]}", "do not belong to the input")]
    [InlineData("{\"t\":1,\"r\":\"a\",\"in\":{\"kind\":\"Nothing\"}}", "'kind' cannot be 'Nothing'")]
    [InlineData("{\"t\":1,\"r\":\"a\",\"in\":{\"kind\":\"1\"}}", "'kind' cannot be '1'")]
    [InlineData("{\"t\":1,\"r\":\"a\",\"in\":{\"kind\":\"PriorityChanged\",\"priority\":256}}", "'priority' is no number from 1 to 255")]
    [InlineData("{\"t\":1,\"r\":\"a\",\"in\":{\"kind\":\"Startup\"}}\n{\"step\":1,\"text\":\"x\"}", "line 2: the effects of the input")]
    public void What_is_wrong_with_a_line_is_said_with_its_number(string text, string expected)
    {
        var error = Assert.Throws<VrrpException>(() => Read(text + "\n").Count());
        Assert.Equal(ErrorIds.RecordingUnreadable, error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_allocates_nothing_on_the_loop()
    {
        using var wake = new EventFd();
        var channel = new RecordingChannel(wake);
        var recording = new RouterRecording(channel, TimeProvider.System, RecordedRun.ConfigurationNamed("web"));
        var router = new VirtualRouter(new RouterParameters());
        var effects = new EffectBuffer();
        router.Step(Input.PrimaryAddressChanged(InetAddress.Parse("192.0.2.1")), new Instant(1), effects);
        Steps(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Steps(100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, channel.Lost);

        void Steps(int count)
        {
            for (int i = 0; i < count; i++)
            {
                var now = new Instant(2 + i);
                var input = Input.Received(new AdvertisementInfo(200, InetAddress.VrrpGroupV4, Interval.OneSecond));
                effects.Clear();
                recording.Before(router, now);
                router.Step(input, now, effects);
                recording.After(input, now, effects.Span);
                channel.Ring.Release(channel.Ring.Count);
            }
        }
    }

    private static IEnumerable<RecordingLine> Read(string text) => RecordingReader.Read(new StringReader(text), "here");
}
