using System.Diagnostics;
using System.Runtime.Versioning;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Notification;

/// <summary>Commands: in order, with what happened in their variables, bounded, as somebody else, and never for nothing.</summary>
[SupportedOSPlatform("linux")]
public sealed class CommandTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_thousand_changes_are_told_in_order_and_each_or_its_loss_is_counted()
    {
        using var bench = new Bench();
        string file = bench.PathOf("out");
        var notifier = bench.Open(new NotificationOptions { Commands = [Bench.Shell($"echo $VRRPPS_SEQUENCE >> {file}") with { Timeout = Long }] });
        for (int i = 0; i < 1000; i++)
        {
            notifier.Post(TestNotice.Of(i % 2 == 0 ? NotificationOccasion.Master : NotificationOccasion.Backup));
        }

        bench.Center.Finish(TimeSpan.FromMinutes(1));
        long[] told = [.. File.ReadLines(file).Select(long.Parse)];
        Assert.Equal(told.Order(), told);
        Assert.Equal(1000, told[^1]);
        Assert.Equal(1000, told.Length + notifier.Lost);
        Assert.Equal(notifier.Lost > 0, bench.Reports.Any(static report => report.Contains("not told", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_command_finds_what_happened_in_its_variables_and_nothing_else()
    {
        using var bench = new Bench();
        string file = bench.PathOf("out");
        var notifier = bench.Open(new NotificationOptions { Commands = [Bench.Shell($"env > {file}")] });
        notifier.Post(TestNotice.Of(NotificationOccasion.Master, priority: 150));
        bench.Center.Finish(Long);
        string[] expected =
        [
            "LC_ALL=C.UTF-8", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "VRRPPS_ADDRESSES=192.0.2.100/24", "VRRPPS_EVENT=MasterTimeout", "VRRPPS_FAMILY=IPv4", "VRRPPS_FROM=Initialize", "VRRPPS_INSTANCE=web 1",
            "VRRPPS_INTERFACE=eth0", "VRRPPS_KIND=INSTANCE", "VRRPPS_MASTER=192.0.2.1", "VRRPPS_NAMESPACE=", "VRRPPS_OCCASION=Master", "VRRPPS_PRIORITY=150",
            "VRRPPS_REASON=The Master was silent; \"quoted\" -> ü.", "VRRPPS_SEQUENCE=1", "VRRPPS_STATE=Master", "VRRPPS_TIME=2026-03-04T05:06:07.0000000+01:00", "VRRPPS_VRID=41",
        ];

        // The shell adds its own directory.
        Assert.Equal(expected, File.ReadLines(file).Where(static line => !line.StartsWith("PWD=", StringComparison.Ordinal) && !line.StartsWith("_=", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Keepaliveds_four_arguments_follow_when_asked_for()
    {
        using var bench = new Bench();
        string file = bench.PathOf("out");

        // Two subjects' commands run beside each other: each writes its line in one piece.
        var command = Bench.Shell($"line=$(printf '%s|' \"$@\"); echo \"$line\" >> {file}", "own") with { StateArguments = true };
        bench.Open(new NotificationOptions { Commands = [command] }).Post(TestNotice.Of(NotificationOccasion.Fault, priority: 42));
        bench.Open(new NotificationOptions { Commands = [command] }, new NoticeSubject("g", null, IsGroup: true))
            .Post(TestNotice.Of(NotificationOccasion.Master, new NoticeSubject("g", null, IsGroup: true), priority: 0));
        bench.Center.Finish(Long);
        Assert.Equal(["own|GROUP|g|MASTER|0|", "own|INSTANCE|web 1|FAULT|42|"], File.ReadLines(file).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Commands_run_on_their_occasions_only()
    {
        using var bench = new Bench();
        string file = bench.PathOf("out");
        NotificationCommand On(string name, params NotificationOccasion[] on) => Bench.Shell($"echo {name}-$VRRPPS_OCCASION >> {file}") with { On = [.. on] };
        var notifier = bench.Open(new NotificationOptions
        {
            Commands = [On("all"), On("m", NotificationOccasion.Master), On("p", NotificationOccasion.PriorityChanged, NotificationOccasion.Leaving)],
        });
        notifier.Post(TestNotice.Of(NotificationOccasion.Master));
        notifier.Post(TestNotice.Of(NotificationOccasion.PriorityChanged));
        notifier.Post(TestNotice.Of(NotificationOccasion.LowerPriorityHeard));
        notifier.Post(TestNotice.Of(NotificationOccasion.Leaving));
        notifier.Post(TestNotice.Of(NotificationOccasion.Stop));
        bench.Center.Finish(Long);
        Assert.Equal(["all-Master", "m-Master", "p-PriorityChanged", "p-Leaving", "all-Stop"], File.ReadLines(file));
    }

    [Fact]
    public void A_command_that_hangs_is_killed_with_what_it_started_and_the_next_one_runs()
    {
        using var bench = new Bench();
        string file = bench.PathOf("out");
        var notifier = bench.Open(new NotificationOptions
        {
            Commands =
            [
                Bench.Shell($"trap '' TERM; sleep 300 & echo $! > {file}; while :; do wait; done") with { Timeout = TimeSpan.FromMilliseconds(300), On = [NotificationOccasion.Master] },
                Bench.Shell($"echo next >> {file}"),
            ],
        });
        notifier.Post(TestNotice.Of(NotificationOccasion.Master));
        bench.Center.Finish(Long);
        string[] lines = File.ReadAllLines(file);
        Assert.Equal("next", lines[1]);
        Eventually.True(() => !IsAlive(lines[0]), "the child of the hanging command is killed as well");
        Assert.Contains(bench.Reports, static report => report.Contains("no end within", StringComparison.Ordinal));
    }

    [Fact]
    public void A_command_that_hangs_at_the_end_is_killed_within_the_bound()
    {
        using var bench = new Bench();
        string file = bench.PathOf("out");
        var notifier = bench.Open(new NotificationOptions { Commands = [Bench.Shell($"echo $$ > {file}; exec sleep 300")] });
        notifier.Post(TestNotice.Of(NotificationOccasion.Master));
        notifier.Post(TestNotice.Of(NotificationOccasion.Backup));
        Eventually.True(() => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'), "the command runs");
        long start = Stopwatch.GetTimestamp();
        bench.Center.Finish(TimeSpan.FromMilliseconds(100));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(15), "the bound holds");
        Eventually.True(() => !IsAlive(File.ReadAllText(file).Trim()), "it is killed");
        Eventually.True(() => bench.Reports.Count == 2, () => $"both losses are told: {string.Join(" / ", bench.Reports)}");
    }

    [Theory]
    [InlineData("exit 3", "exit code 3")]
    [InlineData("echo no such pool >&2; exit 1", "It said: no such pool")]
    public void A_command_that_fails_is_told_of(string script, string says)
    {
        using var bench = new Bench();
        bench.Open(new NotificationOptions { Commands = [Bench.Shell(script)] }).Post(TestNotice.Of(NotificationOccasion.Master));
        bench.Center.Finish(Long);
        Assert.Contains(says, Assert.Single(bench.Reports), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_missing_is_told_of_and_the_next_command_runs()
    {
        using var bench = new Bench();
        string file = bench.PathOf("out");
        bench.Open(new NotificationOptions { Commands = [new NotificationCommand { Arguments = ["/nowhere/x"] }, Bench.Shell($"echo next > {file}")] })
            .Post(TestNotice.Of(NotificationOccasion.Master));
        bench.Center.Finish(Long);
        Assert.Equal("next\n", File.ReadAllText(file));
        Assert.Contains("/nowhere/x", Assert.Single(bench.Reports), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_runs_as_the_user_it_was_given()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root becomes somebody else");
        using var bench = new Bench();
        string file = bench.PathOf("out");
        File.WriteAllText(file, string.Empty);
        File.SetUnixFileMode(file, UnixFileMode.OtherWrite | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(bench.Folder.Path, (UnixFileMode)0x1FF);
        bench.Open(new NotificationOptions { Commands = [Bench.Shell($"id -un > {file}; grep CapEff /proc/self/status >> {file}") with { User = "nobody" }] })
            .Post(TestNotice.Of(NotificationOccasion.Master));
        bench.Center.Finish(Long);
        Assert.Equal(["nobody", "CapEff:\t0000000000000000"], File.ReadLines(file));
        Assert.Empty(bench.Reports);
    }

    [Fact]
    public void A_program_that_others_can_write_is_refused_by_name()
    {
        using var bench = new Bench();
        string script = bench.PathOf("notify.sh");
        string file = bench.PathOf("out");
        File.WriteAllText(script, $"#!/bin/sh\necho ran >> {file}\n");
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var notifier = bench.Open(new NotificationOptions { Commands = [new NotificationCommand { Arguments = [script], RequireSafeProgram = true }] });
        File.SetUnixFileMode(script, mode);
        notifier.Post(TestNotice.Of(NotificationOccasion.Master));
        Eventually.True(() => File.Exists(file), () => $"a safe program runs: {string.Join(" / ", bench.Reports)}");
        File.SetUnixFileMode(script, mode | UnixFileMode.OtherWrite);
        notifier.Post(TestNotice.Of(NotificationOccasion.Backup));
        bench.Center.Finish(Long);
        Assert.Equal("ran\n", File.ReadAllText(file));
        Assert.Contains($"{script} is writable by others", Assert.Single(bench.Reports), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_name_again_goes_on_counting_and_waits_for_the_last_words_of_the_one_before()
    {
        using var bench = new Bench();
        string file = bench.PathOf("out");
        var options = new NotificationOptions { Commands = [Bench.Shell($"sleep 0.2; echo $VRRPPS_SEQUENCE $VRRPPS_OCCASION >> {file}")] };
        var first = bench.Open(options);
        first.Post(TestNotice.Of(NotificationOccasion.Stop));
        bench.Center.Close(first);
        bench.Open(options with { Commands = [Bench.Shell($"echo $VRRPPS_SEQUENCE $VRRPPS_OCCASION >> {file}")] }).Post(TestNotice.Of(NotificationOccasion.Backup));
        bench.Center.Finish(Long);
        Assert.Equal(["1 Stop", "2 Backup"], File.ReadLines(file));
    }

    private static bool IsAlive(string pid)
        => File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
}
