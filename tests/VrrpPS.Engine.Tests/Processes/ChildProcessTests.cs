using System.Globalization;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Processes;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Processes;

public sealed class ChildProcessTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static ChildProcessOptions Shell(string script) => new() { Command = ["/bin/sh", "-c", script], Timeout = Long };

    private static ChildProcessResult Run(ChildProcessOptions options) => ChildProcess.Run(options, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("exit 0", 0, true)]
    [InlineData("exit 3", 3, false)]
    public void The_exit_code_is_told(string script, int code, bool succeeded)
    {
        var result = Run(Shell(script));
        Assert.Equal((code, succeeded, false), (result.ExitCode, result.Succeeded, result.TimedOut));
    }

    [Fact]
    public void A_signal_is_told()
    {
        var result = Run(Shell("kill -9 $$"));
        Assert.Equal((null, 9, "ended by signal 9"), (result.ExitCode, result.Signal, result.Ending));
    }

    [Fact]
    public void Output_and_errors_are_read_and_the_last_line_is_kept()
        => Assert.Equal("broken", Run(Shell("echo fine; echo broken >&2; exit 1")).LastLine);

    [Fact]
    public void Arguments_are_not_read_by_a_shell()
        => Assert.Equal("$(id) *", Run(new ChildProcessOptions { Command = ["echo", "$(id) *"], Timeout = Long }).LastLine);

    [Fact]
    public void Nothing_but_the_given_variables_is_inherited()
    {
        Environment.SetEnvironmentVariable("VRRPPS_TEST_SECRET", "1");
        var options = new ChildProcessOptions
        {
            Command = ["/usr/bin/env"],
            Timeout = Long,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["ZONE"] = "a" },
        };
        Assert.Equal("ZONE=a", Run(options).LastLine);
        Assert.Equal(ChildProcessOptions.SearchPath, Run(Shell("echo $PATH$VRRPPS_TEST_SECRET")).LastLine);
    }

    [Fact]
    public void No_descriptor_is_inherited()
    {
        using var open = File.OpenRead("/etc/passwd");

        // One that somebody opened without the flag for it, as libraries do.
        const int F_DUPFD = 0;
        using var careless = Descriptor.Own(FileNative.Fcntl((int)open.SafeFileHandle.DangerousGetHandle(), F_DUPFD, 3), "duplicate a file");

        // 0, 1 and 2, and the one that ls reads the directory with.
        Assert.Equal("4", Run(Shell("ls /proc/self/fd | wc -l")).LastLine);
    }

    [Fact]
    public void A_command_that_hangs_is_asked_to_end()
    {
        var result = Run(Shell("trap 'echo asked; exit 0' TERM; while :; do sleep 0.05; done") with { Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.True(result.TimedOut);
        Assert.False(result.Succeeded);
        Assert.Equal("asked", result.LastLine);
    }

    [Fact]
    public void A_command_that_does_not_listen_is_killed_with_all_that_it_started()
    {
        var result = Run(Shell("trap '' TERM; sleep 3600 & echo $!; while :; do sleep 0.05; done") with
        {
            Timeout = TimeSpan.FromMilliseconds(300),
            KillAfter = TimeSpan.FromMilliseconds(300),
        });
        Assert.Equal((true, 9), (result.TimedOut, result.Signal));
        Eventually.True(() => IsGone(result.LastLine), "what it started is gone");
    }

    [Fact]
    public void A_child_that_keeps_the_output_open_is_not_waited_for_and_is_killed()
    {
        var result = Run(Shell("sleep 3600 & echo $!"));
        Assert.True(result.Succeeded);
        Assert.True(result.Duration < TimeSpan.FromSeconds(20));
        Eventually.True(() => IsGone(result.LastLine), "what it started is gone");
    }

    [Fact]
    public void A_child_may_be_left_behind_when_asked_for()
    {
        var result = Run(Shell("sleep 3600 & echo $!") with { KillsStragglers = false });
        Assert.False(IsGone(result.LastLine));
        using var left = System.Diagnostics.Process.GetProcessById(int.Parse(result.LastLine, CultureInfo.InvariantCulture));
        left.Kill();
    }

    [Fact]
    public void Endless_output_is_bounded_by_time_and_space()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var result = Run(new ChildProcessOptions { Command = ["yes", "flood"], Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.True(result.TimedOut);
        Assert.StartsWith(result.LastLine, "flood", StringComparison.Ordinal); // It may be ended within a line.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public async Task A_command_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var run = Task.Run(() => ChildProcess.Run(Shell("sleep 3600"), source.Token), TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run.WaitAsync(Long, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/nowhere/at-all")]
    [InlineData("vrrpps-no-such-program")]
    public void A_missing_program_is_named(string program)
    {
        var error = Assert.Throws<VrrpException>(() => Run(new ChildProcessOptions { Command = [program], Timeout = Long }));
        Assert.Equal(ErrorIds.ProgramNotFound, error.ErrorId);
        Assert.Contains(program, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vrrpps-nobody-at-all")]
    [InlineData("root:vrrpps-no-group")]
    public void A_missing_user_or_group_is_named(string user)
        => Assert.Equal(ErrorIds.UserNotFound, Assert.Throws<VrrpException>(() => Run(Shell("true") with { User = user })).ErrorId);

    [Fact]
    [Trait("Lane", "Namespace")]
    public void A_command_runs_as_a_chosen_user_without_capabilities()
    {
        RequiresRoot.OrSkip();
        var result = Run(Shell("echo $(id -un) $(id -G) $(grep -h CapEff /proc/self/status)") with { User = "nobody" });
        Assert.StartsWith("nobody ", result.LastLine, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0 ", result.LastLine, StringComparison.Ordinal);
        Assert.EndsWith("0000000000000000", result.LastLine, StringComparison.Ordinal);
        Assert.EndsWith(" 0", Run(Shell("echo $(id -un) $(id -g)") with { User = "nobody:root" }).LastLine, StringComparison.Ordinal);
    }

    private static bool IsGone(string pid)
    {
        string path = $"/proc/{pid}/stat";
        try
        {
            // A killed orphan may wait as a zombie for whoever collects orphans in this container.
            return File.ReadAllText(path).Split(')')[^1].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
