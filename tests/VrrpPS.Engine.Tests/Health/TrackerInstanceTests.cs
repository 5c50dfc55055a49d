using System.Runtime.Versioning;
using VrrpPS.Engine.Tests.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Tests.Handover;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Health;

/// <summary>What health checks do to running instances.</summary>
[Trait("Lane", "Namespace")]
public sealed class TrackerInstanceTests : IDisposable
{
    private const int NodePort = 32463;
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("vrrpps-tracker-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TcpTracker Port(int weight = 0) => new() { Name = "node-port", Host = "127.0.0.1", Port = NodePort, Interval = Often, Timeout = TimeSpan.FromSeconds(5), Weight = weight };

    private FileTracker Number(string name, int weight = 0) => new() { Name = name, Path = Path.Combine(_folder, name), Interval = Often, Weight = weight };

    private void Write(string name, string number) => File.WriteAllText(Path.Combine(_folder, name), number);

    [Fact]
    public async Task A_service_that_stops_takes_the_address_to_the_next_node_and_back_and_no_ping_is_lost()
    {
        using var cluster = new Cluster(4);
        HttpService[] services = [.. Enumerable.Range(0, 3).Select(host => new HttpService(cluster.Network[host].Namespace, "127.0.0.1", NodePort))];
        try
        {
            for (int host = 0; host < 3; host++)
            {
                await cluster.StartAsync(host, cluster.Configuration(host, 200 - (50 * host)) with { Trackers = [Port()] });
            }

            cluster.WaitFor(0, RouterState.Master);
            Eventually.True(() => cluster.State(1).MasterPriority == 200 && cluster.State(2).MasterPriority == 200, "the others hear their Master");
            cluster.WaitForHolders(1);

            using var client = new Client(cluster.Network[3], Cluster.Vip);
            long from = Clock.Now;
            services[0].Stop();
            cluster.WaitFor(1, RouterState.Master);
            cluster.WaitFor(0, RouterState.Fault);
            cluster.WaitForHolders(1);
            var state = cluster.State(0);
            string reason = Assert.Single(state.FaultReason);
            Assert.StartsWith("health check 'node-port' failed: ", reason, StringComparison.Ordinal);
            Assert.Contains("refused", reason, StringComparison.Ordinal);
            Assert.Contains("node-port", state.StatusMessage, StringComparison.Ordinal);
            var seen = Assert.Single(state.Tracker);
            Assert.Equal((TrackerKind.Tcp, TrackerStatus.Down, "Fault", "127.0.0.1:32463"), (seen.Kind, seen.Status, seen.Effect, seen.Target));
            Assert.NotNull(seen.LastChange);
            _ = cluster.WaitForEvent(0, VrrpEventKind.TrackerChanged, "'node-port' is Down");
            Assert.Equal(
                [RouterState.Leaving, RouterState.Fault],
                cluster.Engine(0).GetHistory().TakeLast(2).Select(static transition => transition.ToState));

            services[0].Start();
            cluster.WaitFor(0, RouterState.Master);
            cluster.WaitFor(1, RouterState.Backup);
            cluster.WaitForHolders(1);
            Assert.Contains(cluster.Engine(0).GetHistory(), static transition => transition.Reason.Contains("'node-port' is Up", StringComparison.Ordinal));
            client.LetPass(100);
            Assert.Empty(client.LostSince(from));
        }
        finally
        {
            Array.ForEach(services, static service => service.Dispose());
        }
    }

    [Fact]
    public async Task An_instance_waits_for_the_first_result_of_each_check()
    {
        using var cluster = new Cluster(1);
        string gate = Path.Combine(_folder, "gate");
        var script = new ScriptTracker
        {
            Name = "slow",
            Command = ["/bin/sh", "-c", $"until [ -e {gate} ]; do sleep 0.05; done"],
            Timeout = TimeSpan.FromMinutes(1),
        };
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { Trackers = [script, Number("fine")] });
        cluster.WaitFor(0, static state => state.Tracker.Any(static tracker => tracker is { Name: "fine", Status: TrackerStatus.Up }), "the file is read");
        Assert.Equal(RouterState.Fault, cluster.State(0).State);
        Assert.Equal(["waiting for the first result of health check 'slow'"], cluster.State(0).FaultReason);

        File.WriteAllText(gate, "");
        cluster.WaitFor(0, RouterState.Master);
    }

    [Fact]
    public async Task An_initial_state_is_assumed_until_the_first_result()
    {
        using var cluster = new Cluster(1);
        var hangs = new ScriptTracker { Name = "hangs", Command = ["sleep", "3600"], Timeout = TimeSpan.FromMinutes(1), InitialState = TrackerStatus.Up };
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { Trackers = [hangs] });
        cluster.WaitFor(0, RouterState.Master);

        var failed = hangs with { Name = "failed", InitialState = TrackerStatus.Down, Weight = -50 };
        await cluster.ApplyAsync(0, cluster.Configuration(0, 200) with { Trackers = [failed] });
        cluster.WaitFor(0, static state => state.Priority == 150, "the assumed failure counts");
    }

    [Fact]
    public async Task Weights_add_up_and_decide_the_election()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 100) with { Trackers = [Number("minus", weight: 1), Number("plus", weight: 2)] });
        await cluster.StartAsync(1, cluster.Configuration(1, 90));
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(1, RouterState.Backup);

        Write("minus", "-20");
        cluster.WaitFor(0, static state => state.Priority == 80, "the file is subtracted");
        cluster.WaitFor(1, RouterState.Master);
        cluster.WaitFor(0, RouterState.Backup);
        _ = cluster.WaitForEvent(0, VrrpEventKind.TrackerChanged, "priority 100 -> 80");
        Assert.Equal(100, cluster.State(0).BasePriority);

        Write("plus", "15");
        cluster.WaitFor(0, static state => state.Priority == 110, "both files count");
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitForHolders(1);

        Write("minus", "-254");
        cluster.WaitFor(0, RouterState.Fault);
        cluster.WaitFor(1, RouterState.Master);
    }

    [Fact]
    public async Task Trackers_change_while_the_instance_runs()
    {
        using var cluster = new Cluster(1);
        var configuration = cluster.Configuration(0, 100);
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Master);

        // A new one does not take the Master out while it has not reported; nor does a change of what follows from it.
        Write("number", "5");
        await cluster.ApplyAsync(0, configuration with { Trackers = [Number("number", weight: 2)] });
        cluster.WaitFor(0, static state => state.Priority == 110, "the new tracker counts");
        await cluster.ApplyAsync(0, configuration with { Trackers = [Number("number", weight: -2)] });
        cluster.WaitFor(0, static state => state.Priority == 90, "its new weight counts at once");
        await cluster.ApplyAsync(0, configuration);
        cluster.WaitFor(0, static state => state is { Priority: 100, Tracker.Count: 0 }, "without trackers the configured priority is back");
        Assert.Equal(1, cluster.Engine(0).GetHistory().Count(static transition => transition.ToState == RouterState.Master));
    }

    [Fact]
    public async Task A_tracker_that_recovers_waits_for_the_preempt_delay_like_a_node_that_comes_back()
    {
        using var cluster = new Cluster(2);
        string file = Path.Combine(_folder, "fault");
        var delay = TimeSpan.FromSeconds(1.5);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { PreemptDelay = delay, Trackers = [new FileTracker { Name = "switch", Path = file }] });
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(1.5, cluster.State(0).PreemptDelaySeconds);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        cluster.WaitFor(1, RouterState.Backup);
        File.WriteAllText(file, "1");
        cluster.WaitFor(1, RouterState.Master);
        cluster.WaitFor(0, RouterState.Fault);
        File.Delete(file);
        cluster.WaitFor(0, RouterState.Master);
        var history = cluster.Engine(0).GetHistory();
        var back = history.Last(static transition => transition.FromState == RouterState.Fault);
        Assert.Equal(RouterState.Backup, back.ToState);
        Assert.InRange(history[^1].Time - back.Time, delay - TimeSpan.FromMilliseconds(50), delay + Eventually.DefaultBound);
    }

    [Fact]
    public async Task Flapping_below_fall_changes_nothing()
    {
        using var cluster = new Cluster(1);
        string counter = Path.Combine(_folder, "counter");

        // Every third look succeeds: never three failures in a row.
        var script = new ScriptTracker
        {
            Name = "flaps",
            Command = ["/bin/sh", "-c", $"n=$(cat {counter} 2>/dev/null || echo 0); echo $((n + 1)) > {counter}; [ $((n % 3)) = 0 ]"],
            Interval = Often,
            Timeout = TimeSpan.FromSeconds(10),
            Fall = 3,
            Rise = 1,
        };
        await cluster.StartAsync(0, cluster.Configuration(0, 100) with { Trackers = [script] });
        cluster.WaitFor(0, RouterState.Master);
        Eventually.True(() => File.Exists(counter) && int.TryParse(File.ReadAllText(counter), out int count) && count >= 8, "eight looks");
        Assert.Equal(TrackerStatus.Up, Assert.Single(cluster.State(0).Tracker).Status);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
    }

    [Fact]
    public async Task An_interface_with_a_weight_lowers_the_priority_only()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 100) with
        {
            Trackers = [new InterfaceTracker { Name = "uplink", InterfaceName = "missing0", Weight = -40 }, new InterfaceTracker { Name = "lo", InterfaceName = "lo", Weight = 7 }],
        });
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(67, cluster.State(0).Priority);
        Assert.Equal(["uplink=Down (-40)", "lo=Up (+7)"], cluster.State(0).Tracker.Select(static tracker => tracker.ToString()));
    }

    [Fact]
    public async Task Stopping_ends_the_scripts_that_run()
    {
        using var cluster = new Cluster(1);
        string pidFile = Path.Combine(_folder, "pid");
        var script = new ScriptTracker
        {
            Name = "hangs", Command = ["/bin/sh", "-c", $"echo $$ > {pidFile}; exec sleep 3600"], Timeout = TimeSpan.FromMinutes(1), InitialState = TrackerStatus.Up,
        };
        await cluster.StartAsync(0, cluster.Configuration(0, 100) with { Trackers = [script] });
        cluster.WaitFor(0, RouterState.Master);
        int pid = 0;
        Eventually.True(() => File.Exists(pidFile) && int.TryParse(File.ReadAllText(pidFile), out pid), "the script runs");
        _ = await cluster.StopAsync(0);
        Eventually.True(() => !VrrpPS.Engine.Linux.ProcessTable.IsAlive(pid), "the script is gone");
        Eventually.True(() => cluster.Engine(0).LoopCount == 0, "nothing keeps the namespace's loop");
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_program_that_others_may_change_is_refused_at_start_and_not_run_later()
    {
        using var folder = new TemporaryFolder();
        using var cluster = new Cluster(1);
        string path = Path.Combine(folder.Path, "check");
        await File.WriteAllTextAsync(path, "#!/bin/sh\nexit 0\n", TestContext.Current.CancellationToken);
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, mode | UnixFileMode.OtherWrite);
        var script = new ScriptTracker { Name = "s", Command = [path], RequireSafeProgram = true, Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(10) };
        var configuration = cluster.Configuration(0, 100) with { Trackers = [script] };
        var error = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, configuration));
        Assert.Equal(ErrorIds.UnsafeProgram, error.ErrorId);
        Assert.Contains($"'s' is not run: {path} is writable by others", error.Message, StringComparison.Ordinal);

        // A group's check is no less dangerous.
        var grouped = configuration with { Trackers = [], SyncGroup = "g", SyncGroupOptions = new SyncGroupOptions { Trackers = [script] } };
        Assert.Equal(ErrorIds.UnsafeProgram, (await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, grouped))).ErrorId);

        File.SetUnixFileMode(path, mode);
        await cluster.StartAsync(0, grouped);
        cluster.WaitFor(0, RouterState.Master);
        File.SetUnixFileMode(path, mode | UnixFileMode.OtherWrite);
        cluster.WaitFor(0, static state => state.State == RouterState.Fault && state.FaultReason.ToString().Contains("is writable by others", StringComparison.Ordinal), "the unsafe check is a fault");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_refused_at_start()
    {
        using var cluster = new Cluster(1);
        var script = new ScriptTracker { Name = "s", Command = ["/no/such/check"] };
        var error = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, cluster.Configuration(0, 100) with { Trackers = [script] }));
        Assert.Equal(ErrorIds.ProgramNotFound, error.ErrorId);
        Assert.Empty(cluster.Engine(0).GetStates());
    }
}
