using System.Net;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification.Lines;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Notification;

/// <summary>Real instances tell what happens to them, and a leaving Master waits for its commands.</summary>
[Trait("Lane", "Namespace")]
public sealed class InstanceNotificationTests
{
    [Fact]
    public async Task An_instance_tells_its_whole_life_everywhere()
    {
        using var folder = new TemporaryFolder();
        using var cluster = new Cluster(2);
        using var mail = cluster.Network[1].Run(() => new MailServer(IPAddress.Parse(cluster.Network[1].IPv4.ToString())));
        string commands = Path.Combine(folder.Path, "commands");
        string events = Path.Combine(folder.Path, "events.json");
        string fifo = Path.Combine(folder.Path, "fifo");
        var configuration = cluster.Configuration(0, 200) with
        {
            Notification = new NotificationOptions
            {
                Commands = [Bench.Shell($"echo $VRRPPS_SEQUENCE $VRRPPS_FROM $VRRPPS_STATE $VRRPPS_MASTER $(readlink /proc/self/ns/net) >> {commands}")],
                EventFile = new EventFileOptions(events),
                Fifos = [fifo],
                PriorityChanges = true,
                Mail = new MailOptions { Server = cluster.Network[1].IPv4.ToString(), Port = mail.Port, From = "n@example.org", To = ["a@example.org"] },
            },
        };
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Master);
        await cluster.ApplyAsync(0, configuration with { Priority = 150 });
        Eventually.True(() => File.Exists(fifo), "the FIFO is made");
        using var reader = new StreamReader(new FileStream(fifo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1));
        Assert.Equal(["INSTANCE \"h0-4\" BACKUP 200", "INSTANCE \"h0-4\" MASTER 200", "INSTANCE \"h0-4\" MASTER_PRIORITY 150"], Enumerable.Range(0, 3).Select(_ => reader.ReadLine()));
        await cluster.StopAsync(0, StopOptions.Immediately);
        Assert.Equal("INSTANCE \"h0-4\" STOP 150", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Eventually.True(() => File.Exists(commands) && File.ReadAllLines(commands).Length == 3, "the commands have run");
        string space = cluster.Network[0].Execute("/usr/bin/readlink", string.Empty, "/proc/self/ns/net").Output.Trim();
        string own = cluster.Network[0].IPv4.ToString();
        Assert.Equal([$"1 Initialize Backup {space}", $"2 Backup Master {own} {space}"], File.ReadLines(commands).Take(2).Select(static line => line.Replace("  ", " ", StringComparison.Ordinal)));
        Assert.StartsWith("5 Leaving Initialize", File.ReadLines(commands).Last(), StringComparison.Ordinal);
        Eventually.True(() => mail.Messages.Count == 3, () => $"three mails arrive through the network: {cluster.Describe()}");
        Eventually.True(() => File.ReadAllLines(events).Length == 4, "four lines are written");
        Assert.Equal(["Backup", "Master", "Leaving", "Initialize"], File.ReadLines(events).Select(static line => TransitionLine.FromJson(line)!.To));
        Assert.DoesNotContain(cluster.Events, static e => e.Kind == VrrpEventKind.NotificationFailed);
    }

    [Fact]
    public async Task A_leaving_Master_waits_for_its_command_and_serves_meanwhile()
    {
        using var folder = new TemporaryFolder();
        using var cluster = new Cluster(2);
        string begun = Path.Combine(folder.Path, "begun");
        string go = Path.Combine(folder.Path, "go");
        string order = Path.Combine(folder.Path, "order");
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            Notification = new NotificationOptions
            {
                Commands =
                [
                    Bench.Shell($"touch {begun}; until [ -e {go} ]; do sleep 0.02; done; echo drained >> {order}") with { On = [NotificationOccasion.Leaving], Wait = true },
                    Bench.Shell($"echo $VRRPPS_STATE >> {order}") with { On = [NotificationOccasion.Leaving, NotificationOccasion.Stop] },
                ],
            },
        });
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");
        var stopping = cluster.StopAsync(0, new StopOptions { HandoverTimeout = TimeSpan.FromSeconds(60) });
        Eventually.True(() => File.Exists(begun), "the command runs");
        long sent = cluster.Counter(0).AdvertisementSent;
        Eventually.True(() => cluster.Counter(0).AdvertisementSent > sent + 3, "the Master advertises while it waits");
        Assert.Equal((RouterState.Master, RouterState.Backup, false), (cluster.State(0).State, cluster.State(1).State, stopping.IsCompleted));
        await File.WriteAllTextAsync(go, string.Empty, TestContext.Current.CancellationToken);
        var outcome = await stopping;
        Assert.Equal((true, cluster.Network[1].IPv4.ToString()), (outcome.WasMaster, outcome.Successor));
        Eventually.True(() => File.ReadAllLines(order).Length == 3, "the stop is told");
        Assert.Equal(["drained", "Leaving", "Initialize"], File.ReadLines(order));
    }

    [Fact]
    public async Task A_command_that_hangs_holds_neither_the_election_nor_the_hand_over_beyond_its_bound()
    {
        using var cluster = new Cluster(2);
        var hanging = Bench.Shell("sleep 300") with { Timeout = TimeSpan.FromSeconds(60) };
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            Notification = new NotificationOptions { Commands = [hanging, hanging with { On = [NotificationOccasion.Leaving], Wait = true }] },
        });
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");
        var outcome = await cluster.StopAsync(0, new StopOptions { HandoverTimeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(cluster.Network[1].IPv4.ToString(), outcome.Successor);
        Assert.InRange(outcome.Duration, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        cluster.WaitFor(1, RouterState.Master);
    }

    [Fact]
    public async Task A_forced_stop_waits_for_no_command_and_a_resumed_instance_leaves_no_more()
    {
        using var folder = new TemporaryFolder();
        using var cluster = new Cluster(1);
        string begun = Path.Combine(folder.Path, "begun");
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            Notification = new NotificationOptions { Commands = [Bench.Shell($"touch {begun}; sleep 300") with { On = [NotificationOccasion.Leaving], Wait = true }] },
        });
        cluster.WaitFor(0, RouterState.Master);
        var suspending = cluster.Engine(0).SuspendAsync(cluster.Key(0), new StopOptions { HandoverTimeout = TimeSpan.FromMinutes(10) }, TestContext.Current.CancellationToken);
        Eventually.True(() => File.Exists(begun), "the command runs");
        await cluster.Engine(0).ResumeAsync(cluster.Key(0), TestContext.Current.CancellationToken);
        _ = await suspending.WaitAsync(Eventually.DefaultBound, TestContext.Current.CancellationToken);
        Assert.Equal(RouterState.Master, cluster.State(0).State);

        var stopping = cluster.StopAsync(0, new StopOptions { HandoverTimeout = TimeSpan.FromMinutes(10) });
        var forced = cluster.StopAsync(0, StopOptions.Immediately);
        _ = await Task.WhenAll(stopping, forced).WaitAsync(Eventually.DefaultBound, TestContext.Current.CancellationToken);
        Assert.False(cluster.Network[0].Has(InetAddress.Parse(Cluster.Vip)));
    }

    [Fact]
    public async Task A_Master_that_loses_its_role_while_it_waits_leaves_at_once()
    {
        using var folder = new TemporaryFolder();
        using var cluster = new Cluster(2);
        string begun = Path.Combine(folder.Path, "begun");
        await cluster.StartAsync(0, cluster.Configuration(0, 100) with
        {
            Notification = new NotificationOptions { Commands = [Bench.Shell($"touch {begun}; sleep 300") with { On = [NotificationOccasion.Leaving], Wait = true }] },
        });
        cluster.WaitFor(0, RouterState.Master);
        var stopping = cluster.StopAsync(0, new StopOptions { HandoverTimeout = TimeSpan.FromMinutes(10) });
        Eventually.True(() => File.Exists(begun), "the command runs");
        await cluster.StartAsync(1, cluster.Configuration(1, 200));
        _ = await stopping.WaitAsync(Eventually.DefaultBound, TestContext.Current.CancellationToken);
        Assert.Empty(cluster.Engine(0).GetStates());
    }

    [Fact]
    public async Task Lost_advertisements_in_a_row_are_a_near_miss()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(50) });
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100) with { AdvertisementInterval = new Interval(50) });
        Eventually.True(() => cluster.Counter(1).AdvertisementReceived > 2, "the backup hears its Master");

        // Two of three are dropped in front of the link: the third comes just before the takeover.
        cluster.Network[0].AddFirewallRules("table netdev t {\n chain c {\n  type filter hook egress device eth0 priority 0;\n  ip protocol 112 numgen inc mod 3 != 2 drop\n }\n}\n");
        _ = cluster.WaitForEvent(1, VrrpEventKind.NearMiss, "in a row");
    }
}
