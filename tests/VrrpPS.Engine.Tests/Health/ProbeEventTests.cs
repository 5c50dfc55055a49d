using System.Collections.Concurrent;
using System.Diagnostics;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Health;
using VrrpPS.Engine.Health.Probes;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Health;

/// <summary>Files and processes are looked at when the kernel tells of a change: every interval here is an hour.</summary>
public sealed class ProbeEventTests : IDisposable
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vrrpps-probe-");
    private readonly ConcurrentQueue<ProbeResult> _results = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_file_that_is_made_written_replaced_and_removed_is_read_at_once()
    {
        string path = Path.Combine(_directory.FullName, "value");
        using var thread = Start(new FileTracker { Name = "f", Path = path, Weight = 1, Interval = s_hour });
        WaitForValue(0);
        Assert.Equal("file events", Last.Method);
        File.WriteAllText(path, "5");
        WaitForValue(5);
        File.AppendAllText(path, "1");
        WaitForValue(51);

        // Many programs replace a file as a whole.
        File.WriteAllText(path + ".new", "7");
        File.Move(path + ".new", path, overwrite: true);
        WaitForValue(7);
        File.WriteAllText(path, "8");
        WaitForValue(8);
        File.Delete(path);
        WaitForValue(0);

        // What happens to its neighbours is nobody's business.
        int looks = _results.Count;
        File.WriteAllText(path + ".other", "9");
        File.WriteAllText(path, "3");
        WaitForValue(3);
        Assert.InRange(_results.Count - looks, 1, 4);
    }

    [Fact]
    public void Events_do_not_put_off_the_look_that_the_interval_brings()
    {
        string path = Path.Combine(_directory.FullName, "value");
        string target = Path.Combine(_directory.FullName, "elsewhere", "target");
        _ = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, "1");
        using var thread = Start(new FileTracker { Name = "f", Path = path, Weight = 1, Interval = TimeSpan.FromMilliseconds(500) });
        WaitForValue(0);
        for (int i = 1; i <= 60; i++)
        {
            // Each is an event; together they are half a minute of intervals.
            File.WriteAllText(path, $"{i}");
            WaitForValue(i);
        }

        // What a link leads to is not watched, so only the interval finds this.
        File.Delete(path);
        _ = File.CreateSymbolicLink(path, target);
        WaitForValue(1);
        File.WriteAllText(target, "77");
        WaitForValue(77);
    }

    [Fact]
    public void A_directory_that_comes_and_goes_is_followed()
    {
        string folder = Path.Combine(_directory.FullName, "a", "b");
        string path = Path.Combine(folder, "value");
        using var thread = Start(new FileTracker { Name = "f", Path = path, Weight = 1, Interval = s_hour });
        WaitForValue(0);
        for (int i = 1; i <= 2; i++)
        {
            _ = Directory.CreateDirectory(folder);
            File.WriteAllText(path, $"{i}");
            WaitForValue(i);
            Directory.Delete(Path.Combine(_directory.FullName, "a"), recursive: true);
            WaitForValue(0);
        }

        // Moved there with all that is in it.
        string elsewhere = Path.Combine(_directory.FullName, "x");
        _ = Directory.CreateDirectory(Path.Combine(elsewhere, "b"));
        File.WriteAllText(Path.Combine(elsewhere, "b", "value"), "42");
        Directory.Move(elsewhere, Path.Combine(_directory.FullName, "a"));
        WaitForValue(42);
    }

    [Fact]
    public void A_thread_that_waits_for_a_file_ends_when_it_is_told_to()
    {
        using var probe = new FileProbe(new FileTracker { Name = "f", Path = Path.Combine(_directory.FullName, "value") });
        using var stop = new CancellationTokenSource();
        _ = probe.Look(stop.Token);
        stop.CancelAfter(TimeSpan.FromMilliseconds(50));
        long start = Stopwatch.GetTimestamp();
        probe.Wait(s_hour, stop.Token);
        Assert.True(Stopwatch.GetElapsedTime(start) < Eventually.DefaultBound);
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Processes_that_begin_and_end_are_counted_at_once()
    {
        RequiresRoot.OrSkip();
        using (var events = ProcessEvents.TryOpen(out string? reason))
        {
            Assert.SkipWhen(events is null, $"the kernel tells of no processes here: {reason}");
        }

        string program = Sleeper();
        using var thread = Start(new ProcessTracker { Name = "p", ProcessName = Path.GetFileName(program), Interval = s_hour });
        WaitFor(static result => !result.Succeeded);
        Assert.Equal("process events", Last.Method);
        using var process = Process.Start(program, "3600");
        WaitFor(static result => result.Succeeded);
        process.Kill();
        process.WaitForExit();
        WaitFor(static result => !result.Succeeded);
    }

    [Fact]
    public void Where_the_kernel_does_not_tell_the_interval_has_to_do_and_the_state_says_why()
    {
        using var probe = new ProcessProbe(new ProcessTracker { Name = "p", ProcessName = "no-such-process", Interval = TimeSpan.FromMilliseconds(100) });
        string method = probe.Look(TestContext.Current.CancellationToken).Method!;
        using var events = ProcessEvents.TryOpen(out string? reason);
        Assert.Equal(events is null ? $"polling every 100ms: {reason}" : "process events", method);
        long start = Stopwatch.GetTimestamp();
        probe.Wait(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(90), Eventually.DefaultBound);
    }

    [Theory]
    [InlineData(false, ArgumentMatch.None, "", true)]
    [InlineData(true, ArgumentMatch.None, "", true)]
    [InlineData(true, ArgumentMatch.Exact, "3600 1", true)]
    [InlineData(true, ArgumentMatch.Exact, "3600", false)]
    [InlineData(true, ArgumentMatch.Exact, "", false)]
    [InlineData(true, ArgumentMatch.Partial, "3600", true)]
    [InlineData(true, ArgumentMatch.Partial, "36", false)]
    [InlineData(true, ArgumentMatch.Initial, "36", true)]
    [InlineData(true, ArgumentMatch.Initial, "3600 2", false)]
    [InlineData(false, ArgumentMatch.Partial, "3600 1", true)]
    public void Arguments_are_compared_as_asked(bool full, ArgumentMatch match, string arguments, bool counts)
    {
        string program = Sleeper();
        using var process = Process.Start(program, "3600 1");
        try
        {
            var tracker = new ProcessTracker
            {
                Name = "p",
                ProcessName = full ? program : Path.GetFileName(program),
                FullCommand = full,
                Arguments = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToVrrpList(),
                ArgumentMatch = match,
            };

            // Between fork and exec the process still has our own name.
            Eventually.True(() => ProcessTable.Arguments(process.Id) is [var first, ..] && first == program, "the program runs");
            Assert.Equal(counts, new ProcessMatch(tracker).Is(process.Id));
            Assert.False(new ProcessMatch(tracker with { ProcessName = tracker.ProcessName + "x" }).Is(process.Id));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [Fact]
    public void A_process_that_is_started_anew_within_the_delay_was_never_down()
    {
        string program = Sleeper();
        var tracker = new ProcessTracker
        {
            Name = "p", ProcessName = Path.GetFileName(program), TerminateDelay = TimeSpan.FromMilliseconds(400), ForkDelay = TimeSpan.FromMilliseconds(400), Interval = TimeSpan.FromMilliseconds(100),
        };
        using var first = Process.Start(program, "3600");
        Eventually.True(() => ProcessTable.Name(first.Id)?.StartsWith("vrrp-sl", StringComparison.Ordinal) == true, "the program runs");
        using var probe = new ProcessProbe(tracker);
        var token = TestContext.Current.CancellationToken;
        Assert.True(probe.Look(token).Succeeded);
        first.Kill();
        first.WaitForExit();
        var lost = probe.Look(token);
        Assert.True(lost.Succeeded);
        Assert.Contains("counts after 400ms", lost.Output, StringComparison.Ordinal);

        // The delay is kept without a look at every interval, and no longer than told.
        long start = Stopwatch.GetTimestamp();
        while (probe.Look(token).Succeeded)
        {
            probe.Wait(s_hour, token);
        }

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(300), Eventually.DefaultBound);
        using var second = Process.Start(program, "3600");
        Eventually.True(() => ProcessTable.Name(second.Id)?.StartsWith("vrrp-sl", StringComparison.Ordinal) == true, "the program runs");
        Assert.False(probe.Look(token).Succeeded);
        second.Kill();
        second.WaitForExit();
        Assert.False(probe.Look(token).Succeeded);
    }

    [Theory]
    [InlineData(1u, 41, 42, 1, 42)]
    [InlineData(2u, 42, 42, 2, 42)]
    [InlineData(0x80000000u, 42, 42, -2147483648, 42)]
    [InlineData(0x80000000u, 43, 42, 0, 0)]
    [InlineData(4u, 42, 42, 0, 0)]
    public void Events_are_read_as_the_kernel_writes_them(uint what, int thread, int process, int kind, int expected)
    {
        byte[] message = new byte[16 + 20 + 16 + 24];
        BitConverter.TryWriteBytes(message.AsSpan(16), 1u);
        BitConverter.TryWriteBytes(message.AsSpan(36), what);
        BitConverter.TryWriteBytes(message.AsSpan(52), thread);
        BitConverter.TryWriteBytes(message.AsSpan(56), process);
        bool counts = ProcessEvents.TryRead(message, out var read, out int of);
        Assert.Equal(expected != 0, counts);
        if (counts)
        {
            Assert.Equal((unchecked((uint)kind), expected), ((uint)read, of));
        }

        Assert.False(ProcessEvents.TryRead(message.AsSpan(0, 50), out _, out _));
    }

    private ProbeResult Last => _results.Last();

    private ProbeThread Start(TrackerConfiguration tracker) => new(tracker, ProbeFactory.Create(tracker, null!)!, null, _results.Enqueue);

    private void WaitForValue(long value) => WaitFor(result => result.Value == value);

    private void WaitFor(Func<ProbeResult, bool> wanted)
        => Eventually.True(() => _results.LastOrDefault() is { Output: not null } last && wanted(last), () => $"the last look was {_results.LastOrDefault()}");

    /// <summary>A program whose name nobody else has; the kernel keeps fifteen bytes of it.</summary>
    private string Sleeper()
    {
        string program = Path.Combine(_directory.FullName, $"vrrp-sl{Environment.ProcessId % 10_000}-{Guid.NewGuid().ToString("N")[..3]}");
        File.Copy("/bin/sleep", program);
        return program;
    }
}
