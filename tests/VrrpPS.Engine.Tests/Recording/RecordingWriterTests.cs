using System.Collections.Concurrent;
using System.Diagnostics;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Tests.Configuration;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Recording;

public sealed class RecordingWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _reports = new();

    private string RecordingPath => Path.Combine(_folder.Path, "run.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_recorded_is_in_the_file_when_the_writer_has_ended()
    {
        using (var writer = Begin(RecordingPath))
        {
            Run(writer, seed: 1, steps: 1000);
        }

        var replay = new RecordingReplay();
        Assert.Null(replay.Run(RecordingReader.ReadAll(RecordingPath)));
        Assert.Equal(1000, replay.Steps);
        Assert.Empty(_reports);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(RecordingPath));
        }
    }

    [Fact]
    public void Files_rotate_and_stay_within_their_bounds_and_what_is_left_replays()
    {
        const int size = 256 * 1024;
        using (var writer = new RecordingWriter(new RecordingOptions { Path = RecordingPath, MaxFileSize = size, MaxFiles = 3 }, _reports.Enqueue))
        {
            Run(writer, seed: 2, steps: 20_000);
            Eventually.True(() => writer.Written == 20_000, "everything is written");
        }

        string[] files = Directory.GetFiles(_folder.Path);
        Assert.Equal(3, files.Length);
        Assert.All(files, static file => Assert.InRange(new FileInfo(file).Length, 1, size));
        var replay = new RecordingReplay();
        Assert.Null(replay.Run(RecordingReader.ReadAll(RecordingPath)));
        Assert.InRange(replay.Steps, 1000, 19_000);
        Assert.True(replay.Skipped < replay.Steps, $"{replay.Skipped} steps could not be replayed, {replay.Steps} could.");
    }

    [Fact]
    public void An_earlier_recording_is_kept()
    {
        File.WriteAllText(RecordingPath, "earlier");
        Begin(RecordingPath).Dispose();
        Assert.Equal("earlier", File.ReadAllText(RecordingPath + ".1"));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_an_error_at_once()
    {
        var error = Assert.Throws<VrrpException>(() => Begin(Path.Combine(_folder.Path, "no", "such", "file")));
        Assert.Equal(ErrorIds.RecordingUnwritable, error.ErrorId);
        Assert.Equal(
            ErrorIds.InvalidConfiguration,
            Assert.Throws<VrrpException>(() => new RecordingWriter(new RecordingOptions { Path = RecordingPath, MaxFileSize = 1 }, _reports.Enqueue)).ErrorId);
    }

    [Fact]
    public void A_full_disk_is_reported_once_and_holds_nobody_up()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using var writer = Begin("/dev/full");
        for (int i = 0; i < 5; i++)
        {
            Run(writer, seed: 10 + i, steps: 200);
        }

        Eventually.True(() => writer.Lost >= 1000, "the refused steps are counted");
        Assert.Equal(0, writer.Written);
        Assert.Contains("cannot be written", Assert.Single(_reports), StringComparison.Ordinal);
        Assert.True(File.Exists("/dev/full"), "The device is still there.");
    }

    [Fact]
    public async Task A_disk_that_does_not_answer_holds_nobody_up_and_recording_goes_on_after_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "mkfifo is not installed");
        using (var mkfifo = Process.Start("/usr/bin/mkfifo", RecordingPath))
        {
            mkfifo.WaitForExit();
        }

        // A pipe that nobody reads for now: after 64 KiB every write waits.
        var opening = Task.Run(() => new FileStream(RecordingPath, FileMode.Open, FileAccess.Read), TestContext.Current.CancellationToken);
        using var writer = Begin(RecordingPath, files: 1);
        using var reader = await opening;
        var channel = writer.OpenChannel();
        var run = new RecordedRun(channel, seed: 3);
        long start = Stopwatch.GetTimestamp();
        while (channel.Lost == 0)
        {
            run.Step();
            Assert.True(Stopwatch.GetElapsedTime(start) < Eventually.DefaultBound, "The ring never filled.");
        }

        // Nobody takes anything out, and still a step costs what it costs.
        long lostBefore = channel.Lost;
        start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 50_000; i++)
        {
            run.Step();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        Assert.Equal(50_000, channel.Lost - lostBefore);
        Assert.True(elapsed < TimeSpan.FromSeconds(5), $"50000 steps took {elapsed}.");

        // The disk is back: everything that follows is complete again, from a header that says how much is missing.
        using var text = new StreamReader(reader);
        var replay = new RecordingReplay();
        var lines = RecordingReader.Read(text, "pipe").GetEnumerator();
        for (int i = 0; replay.Lost == 0; i++)
        {
            Assert.True(i < 1_000_000 && lines.MoveNext(), "No header after the loss.");
            Assert.Null(replay.Take(lines.Current));
            if (channel.Ring.Count == 0)
            {
                run.Step();
            }
        }

        Assert.InRange(replay.Lost, 50_000, channel.Lost);
        channel.Close();
    }

    [Fact]
    public void A_loop_that_has_ended_is_forgotten()
    {
        using var writer = Begin(RecordingPath);
        for (int i = 0; i < 50; i++)
        {
            var channel = writer.OpenChannel();
            new RecordedRun(channel, i).Step();
            channel.Close();
        }

        Eventually.True(() => writer.ChannelCount == 0, "no channel is left");
        Assert.Equal(50, writer.Written);
    }

    private static void Run(RecordingWriter writer, int seed, int steps)
    {
        var channel = writer.OpenChannel();
        var run = new RecordedRun(channel, seed);
        for (int i = 0; i < steps; i++)
        {
            if (channel.Ring.IsHalfFull)
            {
                Eventually.True(() => channel.Ring.Count < RecordingRing.Capacity / 4, "the writer catches up");
            }

            run.Step();
        }

        channel.Close();
    }

    private RecordingWriter Begin(string path, int files = 4) => new(new RecordingOptions { Path = path, MaxFiles = files }, _reports.Enqueue);
}
