using System.Globalization;
using VrrpPS.Engine.Linux;
using VrrpPS.Protocol.Election;
using VrrpPS.Service.Systemd;
using VrrpPS.Service.Tests.Support;
using Xunit;

namespace VrrpPS.Service.Tests.Systemd;

public sealed class ServiceManagerTests
{
    public static TheoryData<string> Names => [$"@vrrpps-test-{Guid.NewGuid():n}", Path.Combine(Path.GetTempPath(), $"vrrpps-{Guid.NewGuid():n}.sock")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Manager_is_told_at_a_path_and_at_an_abstract_name(string name)
    {
        using var listener = new DatagramListener(name);
        using var manager = Manager(name);
        manager.Follow(() => [Make.State("web", RouterState.Master), Make.State("dns", RouterState.Backup, "192.0.2.9")]);

        manager.Ready(null);

        Assert.Equal("READY=1\nSTATUS=web: Master; dns: Backup, Master is 192.0.2.9", await listener.WaitForAsync("READY=1"));
    }

    [Fact]
    public async Task Reload_begins_with_its_time_and_ends_with_the_reason_of_a_refusal_in_the_status()
    {
        using var listener = new DatagramListener($"@vrrpps-test-{Guid.NewGuid():n}");
        using var manager = Manager(listener.Name);
        long before = MonotonicClock.Now.Nanoseconds / 1000;

        manager.Reloading();
        manager.Ready("Reload refused,\nthe old configuration stays in force");

        string reloading = await listener.WaitForAsync("RELOADING=1");
        string time = reloading.Split('\n').Single(static line => line.StartsWith("MONOTONIC_USEC=", StringComparison.Ordinal))["MONOTONIC_USEC=".Length..];
        Assert.InRange(long.Parse(time, CultureInfo.InvariantCulture), before, MonotonicClock.Now.Nanoseconds / 1000);
        Assert.Equal("READY=1\nSTATUS=Reload refused, the old configuration stays in force; No instance runs", await listener.WaitForAsync("READY=1"));
    }

    [Fact]
    public async Task Status_follows_the_states_and_is_sent_only_when_it_differs()
    {
        using var listener = new DatagramListener($"@vrrpps-test-{Guid.NewGuid():n}");
        using var manager = Manager(listener.Name);
        var state = RouterState.Backup;
        manager.Follow(() => [Make.State("web", state)]);

        manager.StateUpdated();
        manager.Ready(null);
        manager.StateUpdated();
        state = RouterState.Master;
        manager.StateUpdated();
        manager.Stopping();
        manager.StateUpdated();
        manager.Feed();

        _ = await listener.WaitForAsync("WATCHDOG=1");
        Assert.Equal(
            ["READY=1\nSTATUS=web: Backup", "STATUS=web: Master", "STOPPING=1\nEXTEND_TIMEOUT_USEC=25000000\nSTATUS=Handing over", "WATCHDOG=1"],
            listener.Seen);
    }

    [Fact]
    public void Without_a_manager_nothing_happens()
    {
        foreach (string? name in (string?[])[null, string.Empty, "relative", "/", "@", "/no/such/socket", "/" + new string('x', 200)])
        {
            using var manager = Manager(name);
            manager.Ready(null);
            manager.Reloading();
            manager.Stopping();
            manager.GiveUp("x");
        }
    }

    [Theory]
    [InlineData("2000000", null, 2)]
    [InlineData("2000000", "own", 2)]
    [InlineData("2000000", "1", null)]
    [InlineData("0", null, null)]
    [InlineData("-1", null, null)]
    [InlineData(null, null, null)]
    public void Watchdog_is_fed_by_the_process_it_is_for(string? microseconds, string? pid, int? seconds)
    {
        using var manager = ServiceManager.From(name => name switch
        {
            "NOTIFY_SOCKET" => "@nobody",
            "WATCHDOG_USEC" => microseconds,
            "WATCHDOG_PID" => pid == "own" ? Environment.ProcessId.ToString(CultureInfo.InvariantCulture) : pid,
            _ => null,
        });

        Assert.Equal(seconds, manager.WatchdogInterval?.TotalSeconds);
    }

    [Fact]
    public void Many_instances_are_counted_by_their_state()
    {
        var states = Enumerable.Range(0, 9).Select(static i => Make.State($"i{i}", i < 3 ? RouterState.Master : RouterState.Backup)).ToArray();

        Assert.Equal("9 instances: 6 Backup, 3 Master", ServiceStatus.Of(states));
    }

    [Fact]
    public async Task Signs_of_life_end_with_a_loop_that_hangs()
    {
        using var listener = new DatagramListener($"@vrrpps-test-{Guid.NewGuid():n}");
        using var manager = Manager(listener.Name, "300000");
        using var engine = new FakeEngine();
        await using var watchdog = LoopWatchdog.Start(manager, engine);
        for (int i = 0; i < 3; i++)
        {
            _ = await listener.WaitForAsync("WATCHDOG=1");
        }

        engine.Turning = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await engine.WaitForTurnAsync();
        manager.GiveUp("end of the test");
        _ = await listener.WaitForAsync("end of the test");
        int fed = listener.Seen.Count;
        await Task.Delay(700, TestContext.Current.CancellationToken);
        manager.GiveUp("second end");
        _ = await listener.WaitForAsync("second end");
        Assert.Equal(fed + 1, listener.Seen.Count);

        engine.Turning.SetResult();
        _ = await listener.WaitForAsync("WATCHDOG=1");
    }

    [Fact]
    public async Task Loop_that_ended_through_a_defect_is_told_at_once()
    {
        using var listener = new DatagramListener($"@vrrpps-test-{Guid.NewGuid():n}");
        using var manager = Manager(listener.Name, "60000000");
        using var engine = new FakeEngine();
        await using var watchdog = LoopWatchdog.Start(manager, engine);

        engine.Raise(new VrrpEvent { Time = DateTimeOffset.UnixEpoch, Name = "web", Kind = VrrpEventKind.EngineFailed, Message = "a defect" });

        Assert.Equal("STATUS=web: a defect\nWATCHDOG=trigger", await listener.WaitForAsync("trigger"));
    }

    private static ServiceManager Manager(string? name, string? watchdog = null)
        => ServiceManager.From(variable => variable switch { "NOTIFY_SOCKET" => name, "WATCHDOG_USEC" => watchdog, _ => null });
}
