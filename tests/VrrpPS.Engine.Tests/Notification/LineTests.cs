using System.Globalization;
using System.Text;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification;
using VrrpPS.Engine.Notification.Lines;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Notification;

/// <summary>The FIFO that never waits for its reader, and the file of JSON lines.</summary>
public sealed class LineTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_FIFO_gets_keepaliveds_lines_also_those_from_before_its_reader_came()
    {
        using var bench = new Bench();
        string fifo = bench.PathOf("fifo");
        var notifier = bench.Open(new NotificationOptions { Fifos = [fifo], PriorityChanges = true });
        notifier.Post(TestNotice.Of(NotificationOccasion.Backup));
        notifier.Post(TestNotice.Of(NotificationOccasion.Master));
        notifier.Post(TestNotice.Of(NotificationOccasion.PriorityChanged, priority: 80));
        notifier.Post(TestNotice.Of(NotificationOccasion.LowerPriorityHeard));
        notifier.Post(TestNotice.Of(NotificationOccasion.Leaving));
        notifier.Post(TestNotice.Of(NotificationOccasion.Stop));
        Eventually.True(() => File.Exists(fifo), "the FIFO is made");
        using var reader = new StreamReader(new FileStream(fifo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1));
        string[] lines = [.. Enumerable.Range(0, 5).Select(_ => reader.ReadLine()!)];
        Assert.Equal(
            [
                "INSTANCE \"web 1\" BACKUP 100", "INSTANCE \"web 1\" MASTER 100", "INSTANCE \"web 1\" MASTER_PRIORITY 80",
                "INSTANCE \"web 1\" MASTER_RX_LOWER_PRI 100", "INSTANCE \"web 1\" STOP 100",
            ],
            lines);
        bench.Center.Finish(Long);
        Assert.False(File.Exists(fifo), "a FIFO made here is removed at the end");
        Assert.Empty(bench.Reports);
    }

    [Fact]
    public async Task A_reader_that_does_not_read_loses_lines_that_are_counted_told_and_in_order_again()
    {
        using var bench = new Bench();
        string fifo = bench.PathOf("fifo");
        var subject = new NoticeSubject(new string('x', 900), null, IsGroup: false);
        var notifier = bench.Open(new NotificationOptions { Fifos = [fifo] }, subject);

        // 64 KiB of pipe: 70 or so of these lines fit.
        for (int i = 1; i <= 200; i++)
        {
            notifier.Post(TestNotice.Of(NotificationOccasion.Master, subject, priority: i));
        }

        Eventually.True(() => bench.Reports.Any(r => r.Contains("is full", StringComparison.Ordinal)), "the first loss is told");
        using var stream = new FileStream(fifo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        using var reader = new StreamReader(stream, Encoding.UTF8, false, 1 << 17);
        int first = PriorityOf(reader.ReadLine()!);
        Assert.Equal(1, first);

        // Everything above reaches the pipe or is lost before this does; lost itself, it comes once more.
        notifier.Post(TestNotice.Of(NotificationOccasion.Backup, subject, priority: 255));
        int last = first;
        int read = 1;
        int posted = 201;
        while (last != 255)
        {
            var line = Task.Run(reader.ReadLine, TestContext.Current.CancellationToken);
            while (await Task.WhenAny(line, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)) != line)
            {
                notifier.Post(TestNotice.Of(NotificationOccasion.Backup, subject, priority: 255));
                posted++;
            }

            int next = PriorityOf((await line)!);
            Assert.True(next > last, "in order");
            (last, read) = (next, read + 1);
        }

        // Told whenever it takes lines again: it may have filled up twice.
        Eventually.True(() => bench.Reports.Sum(LossesIn) == posted - read, () => $"{posted - read} lost lines are told: {string.Join(" / ", bench.Reports)}");

        static int LossesIn(string report)
            => report.IndexOf(" were lost", StringComparison.Ordinal) is > 0 and var end
                ? int.Parse(report.AsSpan(0, end)[(report.AsSpan(0, end).LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)
                : 0;
    }

    [Fact]
    public void What_stands_where_the_FIFO_should_be_is_named_and_left_alone()
    {
        using var bench = new Bench();
        string file = bench.PathOf("file");
        File.WriteAllText(file, "mine");
        bench.Open(new NotificationOptions { Fifos = [file] }).Post(TestNotice.Of(NotificationOccasion.Master));
        bench.Center.Finish(Long);
        Assert.Contains($"{file} is no FIFO", Assert.Single(bench.Reports), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void The_event_file_gets_a_JSON_line_for_each_change_and_may_be_renamed_at_any_time()
    {
        using var bench = new Bench();
        string file = bench.PathOf("events.json");
        var notifier = bench.Open(new NotificationOptions { EventFile = new EventFileOptions(file) });
        notifier.Post(TestNotice.Of(NotificationOccasion.Master));
        notifier.Post(TestNotice.Of(NotificationOccasion.PriorityChanged));
        Eventually.True(() => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'), "a line is written");
        Assert.Equal(
            "{\"time\":\"2026-03-04T05:06:07+01:00\",\"instance\":\"web 1\",\"from\":\"Initialize\",\"to\":\"Master\",\"event\":\"MasterTimeout\","
            + "\"reason\":\"The Master was silent; \\\"quoted\\\" -> ü.\",\"priority\":100,\"master\":\"192.0.2.1\"}\n",
            File.ReadAllText(file));
        File.Move(file, file + ".old");
        notifier.Post(TestNotice.Of(NotificationOccasion.Backup));
        bench.Center.Finish(Long);
        Assert.Equal("Backup", TransitionLine.FromJson(Assert.Single(File.ReadAllLines(file)))!.To);
    }

    [Fact]
    public void The_event_file_is_rotated_at_its_size_and_keeps_one_before()
    {
        using var bench = new Bench();
        string file = bench.PathOf("events.json");
        var notifier = bench.Open(new NotificationOptions { EventFile = new EventFileOptions(file) { MaxSize = 4096 } });
        for (int i = 0; i < 100; i++)
        {
            notifier.Post(TestNotice.Of(NotificationOccasion.Master, priority: i));
        }

        bench.Center.Finish(Long);
        Assert.InRange(new FileInfo(file).Length, 1, 4096);
        Assert.InRange(new FileInfo(file + ".1").Length, 3000, 4096);
        Assert.Equal(99, TransitionLine.FromJson(File.ReadLines(file).Last())!.Priority);
        Assert.False(File.Exists(file + ".2"));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_told_once_and_again_when_it_can()
    {
        using var bench = new Bench();
        string file = bench.PathOf("sub/events.json");
        var notifier = bench.Open(new NotificationOptions { EventFile = new EventFileOptions(file) });
        for (int i = 0; i < 5; i++)
        {
            notifier.Post(TestNotice.Of(NotificationOccasion.Master));
        }

        Eventually.True(() => bench.Reports.Count == 1, "the first loss is told");
        notifier.Post(TestNotice.Of(NotificationOccasion.Backup));
        bench.Center.Finish(Long);
        Assert.Single(bench.Reports);
    }

    private static int PriorityOf(string line) => int.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}
