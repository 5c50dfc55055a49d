using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Notification.Lines;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Configuration;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>A sync group tells of its state as a whole, after its members.</summary>
[Trait("Lane", "Namespace")]
public sealed class SyncGroupNotificationTests
{
    [Fact]
    public async Task A_group_tells_its_whole_life_after_its_members()
    {
        using var folder = new TemporaryFolder();
        using var cluster = new Cluster(1);
        SecondLink.AddTo(cluster.Network);
        string fifo = Path.Combine(folder.Path, "fifo");
        string events = Path.Combine(folder.Path, "events.json");
        string commands = Path.Combine(folder.Path, "commands");
        var group = new NotificationOptions
        {
            Fifos = [fifo],
            EventFile = new EventFileOptions(events),
            Commands = [Notification.Bench.Shell($"echo \"$@\" $VRRPPS_KIND >> {commands}") with { StateArguments = true }],
        };
        await StartAsync(cluster, new SyncGroupOptions { Notification = group }, new NotificationOptions { Fifos = [fifo] });
        Eventually.True(() => File.Exists(fifo), "the FIFO is made");
        using var reader = new StreamReader(new FileStream(fifo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1));
        var lines = new Lines(reader);

        // The first member begins alone, and its group with it.
        Assert.Equal(["INSTANCE \"first\" BACKUP 200", "GROUP \"both\" BACKUP 0"], lines.Until("GROUP"));
        var rest = lines.Until("GROUP \"both\" MASTER 0");
        Assert.Equal(
            ["GROUP \"both\" MASTER 0", "INSTANCE \"first\" MASTER 200", "INSTANCE \"second\" BACKUP 200", "INSTANCE \"second\" MASTER 200"],
            rest.Order(StringComparer.Ordinal));
        Assert.Equal("GROUP \"both\" MASTER 0", rest[^1]);

        SecondLink.Set(cluster.Network, 0, up: false);

        // As keepalived 2.2.7 writes it: the one whose fault it is, the others, their group.
        Assert.Equal(
            ["INSTANCE \"second\" FAULT 200", "INSTANCE \"first\" FAULT 200", "GROUP \"both\" FAULT 0"],
            lines.Until("GROUP"));
        SecondLink.Set(cluster.Network, 0, up: true);
        Assert.Equal(
            ["INSTANCE \"first\" BACKUP 200", "INSTANCE \"second\" BACKUP 200"],
            lines.Until("GROUP \"both\" BACKUP 0").SkipLast(1).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["INSTANCE \"first\" MASTER 200", "INSTANCE \"second\" MASTER 200"],
            lines.Until("GROUP \"both\" MASTER 0").SkipLast(1).Order(StringComparer.Ordinal));

        var token = TestContext.Current.CancellationToken;
        _ = await cluster.Engine(0).StopAsync(SyncPair.Key(cluster, 0, "first"), StopOptions.Immediately, token);
        _ = await cluster.Engine(0).StopAsync(SyncPair.Key(cluster, 0, "second"), StopOptions.Immediately, token);
        rest = lines.Until("GROUP \"both\" STOP 0");
        Assert.Equal(["INSTANCE \"second\" STOP 200", "GROUP \"both\" STOP 0"], rest.TakeLast(2));

        Eventually.True(() => File.ReadAllLines(events) is [.., var last] && last.Contains("Initialize", StringComparison.Ordinal), "the end is written");
        var written = File.ReadLines(events).Select(static line => TransitionLine.FromJson(line)!).ToArray();
        Assert.All(written, static line => Assert.Equal(("both", "GROUP", 0), (line.Instance, line.Kind, line.Priority)));
        Assert.Equal("All 2 members are Master.", written.First(static line => line.To == "Master").Reason);
        Assert.Contains(written, static line => line.To == "Fault" && line.Reason.StartsWith("second: ", StringComparison.Ordinal));
        Assert.All(written.Zip(written.Skip(1)), static pair => Assert.Equal(pair.First.To, pair.Second.From));
        Eventually.True(() => File.Exists(commands) && File.ReadAllLines(commands) is [.., "GROUP both STOP 0 GROUP"], "the command has run with keepalived's arguments");
        Assert.Equal("GROUP both BACKUP 0 GROUP", File.ReadLines(commands).First());
    }

    [Fact]
    public async Task A_group_that_a_reload_removes_is_told_of_as_deleted_and_a_changed_one_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var cluster = new Cluster(1);
        SecondLink.AddTo(cluster.Network);
        string before = Path.Combine(folder.Path, "before");
        string after = Path.Combine(folder.Path, "after");
        SyncGroupOptions Telling(string file) => new() { Notification = new NotificationOptions { Commands = [Notification.Bench.Shell($"echo $VRRPPS_SEQUENCE $VRRPPS_OCCASION >> {file}")] } };
        await StartAsync(cluster, Telling(before), NotificationOptions.None);
        SyncPair.WaitForMaster(cluster, 0, isMaster: true);
        Eventually.True(() => File.Exists(before) && File.ReadAllText(before).Contains("Master", StringComparison.Ordinal), "the first command has run");
        foreach (var configuration in cluster.Engine(0).GetConfigurations())
        {
            await cluster.ApplyAsync(0, configuration with { SyncGroupOptions = Telling(after) });
        }

        var removal = new StopOptions { Force = true, IsRemoval = true };
        foreach (string name in (string[])["first", "second"])
        {
            _ = await cluster.Engine(0).StopAsync(SyncPair.Key(cluster, 0, name), removal, TestContext.Current.CancellationToken);
        }

        Eventually.True(() => File.Exists(after) && File.ReadAllText(after).Contains("Deleted", StringComparison.Ordinal), "the second command has run");
        Assert.DoesNotContain("Deleted", await File.ReadAllTextAsync(before, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(int.Parse(File.ReadLines(after).Last().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) > 2, "the numbers go on");
    }

    [Fact]
    public async Task A_member_that_says_something_else_of_the_group_is_refused()
    {
        using var cluster = new Cluster(1);
        SecondLink.AddTo(cluster.Network);
        var first = cluster.Configuration(0, 200) with { Name = "first", SyncGroup = "both", SyncGroupOptions = new SyncGroupOptions { TrackInterfaces = [TestHost.InterfaceName] } };
        await cluster.StartAsync(0, first);
        var second = SecondOf(first) with { SyncGroupOptions = new SyncGroupOptions { TrackingWeight = false } };
        var error = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, second));
        Assert.Equal(ErrorIds.InvalidConfiguration, error.ErrorId);
        Assert.Contains("'first' and 'second' are in sync group 'both'", error.Message, StringComparison.Ordinal);
        await cluster.StartAsync(0, second with { SyncGroupOptions = SyncGroupOptions.None });
    }

    [Fact]
    public async Task A_group_that_nobody_says_anything_of_any_more_tells_nobody()
    {
        using var folder = new TemporaryFolder();
        using var cluster = new Cluster(1);
        SecondLink.AddTo(cluster.Network);
        string file = Path.Combine(folder.Path, "out");
        var telling = new SyncGroupOptions { Notification = new NotificationOptions { Commands = [Notification.Bench.Shell($"echo $VRRPPS_OCCASION >> {file}")] } };
        await StartAsync(cluster, telling, NotificationOptions.None);
        SyncPair.WaitForMaster(cluster, 0, isMaster: true);
        Eventually.True(() => File.Exists(file) && File.ReadAllText(file).EndsWith("Master\n", StringComparison.Ordinal), "the command has run");

        // The first one's silence leaves it to the second.
        var first = cluster.Engine(0).GetConfigurations().Single(static c => c.Name == "first") with { SyncGroupOptions = SyncGroupOptions.None };
        await cluster.ApplyAsync(0, first);
        SecondLink.Set(cluster.Network, 0, up: false);
        Eventually.True(() => File.ReadAllText(file).EndsWith("Fault\n", StringComparison.Ordinal), "the group still tells");
        await cluster.ApplyAsync(0, cluster.Engine(0).GetConfigurations().Single(static c => c.Name == "second") with { SyncGroupOptions = SyncGroupOptions.None });
        SecondLink.Set(cluster.Network, 0, up: true);
        SyncPair.WaitForMaster(cluster, 0, isMaster: true);
        cluster.Engine(0).Dispose();
        Assert.EndsWith("Fault\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_wrong_is_told_by_the_members()
    {
        using var cluster = new Cluster(1);
        var failing = new NotificationOptions { Commands = [Notification.Bench.Shell("echo sorry; exit 3")] };
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { SyncGroup = "both", SyncGroupOptions = new SyncGroupOptions { Notification = failing } });
        var told = cluster.WaitForEvent(0, VrrpEventKind.NotificationFailed, "It said: sorry");
        Assert.Equal("h0-4", told.Name);
        Assert.StartsWith("Sync group both: ", told.Message, StringComparison.Ordinal);
    }

    private static InstanceConfiguration SecondOf(InstanceConfiguration first) => first with
    {
        Name = "second",
        InterfaceName = SecondLink.InterfaceName,
        VirtualRouterId = 42,
        VirtualAddresses = [new VirtualAddress(InetAddress.Parse(SyncPair.SecondVip), 24)],
    };

    private static async Task StartAsync(Cluster cluster, SyncGroupOptions options, NotificationOptions notification)
    {
        var first = cluster.Configuration(0, 200) with
        {
            Name = "first",
            SyncGroup = "both",
            SyncGroupOptions = options,
            Notification = notification,
            AdvertisementInterval = new Interval(20),
        };
        await cluster.StartAsync(0, first);
        await cluster.StartAsync(0, SecondOf(first));
    }

    private sealed class Lines(StreamReader reader)
    {
        /// <summary>The next lines up to one that begins as wanted, that one included.</summary>
        public List<string> Until(string beginning)
        {
            var lines = new List<string>();
            do
            {
                lines.Add(reader.ReadLine()!);
            }
            while (!lines[^1].StartsWith(beginning, StringComparison.Ordinal));

            return lines;
        }
    }
}
