using System.Net.Sockets;
using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol.Election;
using VrrpPS.Service.Native;
using VrrpPS.Tool.Commands;
using Xunit;

namespace VrrpPS.Service.Tests.EndToEnd;

/// <summary><c>vrrpps run</c> as a process, on a real link.</summary>
[Trait("Lane", "Namespace")]
[Collection(EndToEndCollection.Name)]
public sealed class RunTests : IDisposable
{
    private const string Vip = "192.0.2.1";

    private readonly DirectoryInfo _directory;

    public RunTests(NamespaceFixture fixture)
    {
        Assert.SkipUnless(fixture.SkipReason is null, fixture.SkipReason ?? string.Empty);
        _directory = Directory.CreateTempSubdirectory("vrrpps-test-");
    }

    private string ConfigurationPath => Path.Combine(_directory.FullName, "web.conf");

    private string SocketPath => Path.Combine(_directory.FullName, "control.sock");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task It_becomes_master_binds_the_address_and_releases_it_on_sigterm()
    {
        Write(Instance("web", Vip));
        await using var service = Start("left");

        await service.WaitForStateAsync("web", "Master");

        Assert.Contains(Vip, NamespaceFixture.AddressesOf("left"));
        Assert.Equal(ServiceProcess.Server, File.ResolveLinkTarget($"/proc/{service.ProcessId}/exe", returnFinalTarget: false)!.FullName);
        Assert.Equal(["Backup", "Master"], service.Events.Select(e => e.To));
        Assert.True(File.Exists(SocketPath));
        using (var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            client.Connect(new UnixDomainSocketEndPoint(SocketPath));
        }

        Assert.Equal(0, await service.StopAsync());
        Assert.DoesNotContain(Vip, NamespaceFixture.AddressesOf("left"));
        Assert.False(File.Exists(SocketPath));
        Assert.Equal("Initialize", service.Events[^1].To);
    }

    [Theory]
    [InlineData("--fly high", 2, "it is started by 'vrrpps run'")]
    [InlineData("--by 0.0.1 --config /c", 3, "Install both of one version")]
    [InlineData("--by VERSION --fly high", 2, "'--fly high' is not understood. It is started by 'vrrpps run'")]
    public async Task Program_that_only_serves_says_who_starts_it(string line, int exitCode, string words)
    {
        Assert.SkipWhen(ServiceProcess.Server == ServiceProcess.Executable, "this program serves itself");
        await using var service = ServiceProcess.StartCopy(ServiceProcess.Server, line.Replace("VERSION", ProductVersion.Text, StringComparison.Ordinal).Split(' '));

        Assert.Equal(exitCode, await service.EndAsync());
        Assert.Contains(words, service.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_program_that_only_serves_is_broken_the_first_one_serves()
    {
        string copy = Path.Combine(_directory.FullName, "programs");
        var program = new Services.ServiceProgram(copy);
        Assert.SkipUnless(File.Exists(Path.Combine(copy, DaemonProgram.Name)), "this program serves itself");
        await File.WriteAllTextAsync(Path.Combine(copy, DaemonProgram.Name), "exit 0\n", TestContext.Current.CancellationToken);
        Write(Instance("web", Vip));
        await using var service = ServiceProcess.StartCopy(program.Executable, Arguments("left"));

        await service.WaitForStateAsync("web", "Master");

        Assert.Contains("vrrpps: warning: ", service.Error, StringComparison.Ordinal);
        Assert.Contains("vrrppsd cannot be run (Exec format error)", service.Error, StringComparison.Ordinal);
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact]
    public async Task Its_control_socket_shows_and_changes_what_runs()
    {
        Write(Instance("web", Vip));
        await using var running = Start("left", "--group", "root");
        await running.WaitForStateAsync("web", "Master");

        var table = await ServiceProcess.RunAsync("state", "--socket", SocketPath);
        var json = await ServiceProcess.RunAsync("state", "--json", "--socket", SocketPath);
        using var service = ServiceEngine.Open(SocketPath);
        var key = new InstanceKey("web", NamespaceFixture.NamespaceOf("left"));
        var before = Assert.Single(service.GetConfigurations());
        await service.ChangeAsync(before, before with { Priority = 123 }, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
        Assert.Contains("this node", table.Output, StringComparison.Ordinal);
        using var document = System.Text.Json.JsonDocument.Parse(json.Output);
        Assert.Equal("Service", document.RootElement.GetProperty("states")[0].GetProperty("host").GetString());
        Assert.Equal((RouterState.Master, 123), (service.GetStates()[0].State, service.GetStates()[0].Priority));
        var reloaded = await service.ReloadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, key.ToString()), (reloaded.Changed, Assert.Single(reloaded.ChangedNames)));
        Assert.Empty(reloaded.StartedNames.Concat(reloaded.RestartedNames).Concat(reloaded.StoppedNames));
        Assert.Equal(254, service.GetStates()[0].Priority);
        await service.SuspendAsync(key, StopOptions.Immediately, TestContext.Current.CancellationToken);
        Assert.Equal(RouterState.Suspended, service.GetStates()[0].State);
        Assert.DoesNotContain(Vip, NamespaceFixture.AddressesOf("left"));
        Assert.Equal("Suspended", service.GetHistory()[^1].ToState.ToString());
        await service.StopAsync(key, StopOptions.Immediately, TestContext.Current.CancellationToken);
        await service.StartAsync(before, TestContext.Current.CancellationToken);
        Assert.Equal("web", Assert.Single(service.GetCounters()).Name);
        Assert.Equal(0, await running.StopAsync());
    }

    [Fact]
    public async Task A_group_that_is_not_there_is_refused_before_anything_starts()
    {
        Write(Instance("web", Vip));

        var run = await ServiceProcess.RunAsync("run", "--config", ConfigurationPath, "--socket", SocketPath, "--group", "no-such-group");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("vrrpps: UserNotFound: There is no group 'no-such-group'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_service_leaves_no_address_and_the_next_start_replaces_its_socket()
    {
        Write(Instance("web", Vip));
        await using (var killed = Start("left"))
        {
            await killed.WaitForStateAsync("web", "Master");
            await killed.KillAsync();
        }

        Assert.True(File.Exists(SocketPath));
        var swept = await ServiceProcess.RunAsync("sweep", "--config", ConfigurationPath, "--namespace", NamespaceFixture.NamespaceOf("left"));
        Assert.Equal(0, swept.ExitCode);
        Assert.DoesNotContain(Vip, NamespaceFixture.AddressesOf("left"));

        await using var next = Start("left");
        await next.WaitForStateAsync("web", "Master");
        Assert.Equal(0, await next.StopAsync());
    }

    [Fact]
    public async Task Static_addresses_stay_while_the_service_runs_and_a_killed_ones_are_swept()
    {
        const string own = "198.51.100.7";
        Write($"static_ipaddress {{\n  {own}/24 dev eth0\n}}\n" + Instance("web", Vip));
        await using (var service = Start("left"))
        {
            await service.WaitForStateAsync("web", "Master");
            Assert.Contains(own, NamespaceFixture.AddressesOf("left"));
            Assert.Equal(0, await service.StopAsync());
            Assert.DoesNotContain(own, NamespaceFixture.AddressesOf("left"));
        }

        await using (var killed = Start("left"))
        {
            await killed.WaitForStateAsync("web", "Master");
            await killed.KillAsync();
        }

        Assert.Contains(own, NamespaceFixture.AddressesOf("left"));
        var swept = await ServiceProcess.RunAsync("sweep", "--config", ConfigurationPath, "--namespace", NamespaceFixture.NamespaceOf("left"));
        Assert.Equal(0, swept.ExitCode);
        Assert.Contains($"static: removed {own}/24 dev eth0", swept.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(own, NamespaceFixture.AddressesOf("left"));
    }

    [Fact]
    public async Task What_is_recorded_replays()
    {
        Write(Instance("web", Vip));
        string recording = Path.Combine(_directory.FullName, "web.jsonl");
        await using (var service = Start("left", "--record", recording))
        {
            await service.WaitForStateAsync("web", "Master");
            Assert.Equal(0, await service.StopAsync());
        }

        var replay = new RecordingReplay();
        Assert.Null(replay.Run(RecordingReader.ReadAll(recording)));
        Assert.Equal(["Backup", "Master", "Leaving", "Initialize"], replay.Transitions.Select(static transition => transition.To.ToString()));
    }

    [Fact]
    public async Task A_recording_that_cannot_be_written_is_refused()
    {
        Write(Instance("web", Vip));
        var refused = await ServiceProcess.RunAsync(
            "run", "--config", ConfigurationPath, "--socket", SocketPath, "--record", Path.Combine(_directory.FullName, "no", "such", "folder"));
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains($"vrrpps: {ErrorIds.RecordingUnwritable}: ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_leaves_a_running_services_addresses_alone()
    {
        Write(Instance("web", Vip));
        await using var service = Start("left");
        await service.WaitForStateAsync("web", "Master");

        var swept = await ServiceProcess.RunAsync("sweep", "--config", ConfigurationPath, "--namespace", NamespaceFixture.NamespaceOf("left"));

        Assert.Equal(3, swept.ExitCode);
        Assert.Contains($"vrrpps: {ErrorIds.VirtualRouterInUse}: web: ", swept.Error, StringComparison.Ordinal);
        Assert.Contains(Vip, NamespaceFixture.AddressesOf("left"));
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact]
    public async Task Sighup_reloads_by_difference_without_leaving_master()
    {
        Write(Instance("web", Vip) + Instance("gone", "192.0.2.2", 52));
        await using var service = Start("left");
        await service.WaitForStateAsync("web", "Master");
        await service.WaitForStateAsync("gone", "Master");

        Write(Instance("web", Vip, extraAddress: "192.0.2.9") + Instance("new", "192.0.2.3", 53));
        service.Reload();
        await service.WaitForStateAsync("new", "Master");

        Assert.Contains("vrrpps: reload: 1 to start, 1 to change, 1 to stop, 0 unchanged", service.Error, StringComparison.Ordinal);
        Assert.Equal(["Backup", "Master"], service.Events.Where(e => e.Instance == "web").Select(e => e.To));
        Assert.Equal("Initialize", service.Events.Last(e => e.Instance == "gone").To);
        var addresses = NamespaceFixture.AddressesOf("left");
        Assert.Contains(Vip, addresses);
        Assert.Contains("192.0.2.9", addresses);
        Assert.Contains("192.0.2.3", addresses);
        Assert.DoesNotContain("192.0.2.2", addresses);
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact]
    public async Task Signals_work_though_the_starter_had_them_ignored()
    {
        Write(Instance("web", Vip));
        // What a script's & does with SIGINT and nohup with SIGHUP.
        await using var service = ServiceProcess.StartByShell(
            "trap '' INT QUIT HUP; exec \"$0\" \"$@\"",
            "run", "--config", ConfigurationPath, "--namespace", NamespaceFixture.NamespaceOf("left"), "--socket", SocketPath, "--events", "json");
        await service.WaitForStateAsync("web", "Master");

        service.Reload();
        await service.WaitForAsync(() => service.Error.Contains("vrrpps: reload: ", StringComparison.Ordinal));
        service.Signal(ProcessNative.SigInt);
        await service.WaitForStateAsync("web", "Leaving");
        service.Signal(ProcessNative.SigInt);

        Assert.Equal(0, await service.EndAsync());
        Assert.DoesNotContain(Vip, NamespaceFixture.AddressesOf("left"));
    }

    [Fact]
    public async Task A_full_disk_below_both_outputs_changes_nothing_on_the_wire_nor_in_the_end()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        Write(Instance("web", Vip));
        await using var service = ServiceProcess.StartByShell(
            "exec \"$0\" \"$@\" >/dev/full 2>/dev/full",
            "run", "--config", ConfigurationPath, "--namespace", NamespaceFixture.NamespaceOf("left"), "--socket", SocketPath, "--events", "json");
        await AddressAppearsAsync(Vip);

        Write(Instance("web", Vip, extraAddress: "192.0.2.9"));
        service.Reload();
        await AddressAppearsAsync("192.0.2.9");
        Write("vrrp_instance");
        service.Reload();
        Write(Instance("web", Vip, extraAddress: "192.0.2.10"));
        service.Reload();
        await AddressAppearsAsync("192.0.2.10");

        Assert.Equal(0, await service.StopAsync());
        Assert.DoesNotContain(Vip, NamespaceFixture.AddressesOf("left"));

        static async Task AddressAppearsAsync(string address)
        {
            using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!NamespaceFixture.AddressesOf("left").Contains(address))
            {
                await Task.Delay(20, bound.Token);
            }
        }
    }

    [Fact]
    public async Task A_broken_reload_is_refused_and_the_old_configuration_stays()
    {
        Write(Instance("web", Vip));
        await using var service = Start("left");
        await service.WaitForStateAsync("web", "Master");

        Write(Instance("web", Vip).Replace("priority", "prioritaet", StringComparison.Ordinal));
        service.Reload();
        await service.WaitForAsync(() => service.Error.Contains("the old configuration stays in force", StringComparison.Ordinal));

        Assert.Contains($"{ConfigurationPath}:4:", service.Error, StringComparison.Ordinal);
        Assert.Contains("vrrpps: ConfigurationSyntax: ", service.Error, StringComparison.Ordinal);
        Assert.Contains(Vip, NamespaceFixture.AddressesOf("left"));
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact]
    public async Task A_second_service_on_the_same_socket_is_refused_and_disturbs_nothing()
    {
        Write(Instance("web", Vip));
        await using var first = Start("left");
        await first.WaitForStateAsync("web", "Master");

        var second = await ServiceProcess.RunAsync("run", "--config", ConfigurationPath, "--namespace", NamespaceFixture.NamespaceOf("right"), "--socket", SocketPath);

        Assert.Equal(3, second.ExitCode);
        Assert.Contains($"vrrpps: {ErrorIds.ControlSocketInUse}: ", second.Error, StringComparison.Ordinal);
        Assert.Equal(0, await first.StopAsync());
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_is_named()
    {
        Write(Instance("web", Vip));

        var run = await ServiceProcess.RunAsync("run", "--config", ConfigurationPath, "--namespace", "no-such-namespace", "--socket", SocketPath);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("vrrpps: NamespaceNotFound: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("no-such-namespace", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_shows_the_advertisements_as_json()
    {
        Write(Instance("web", Vip));
        await using var watch = ServiceProcess.Start("watch", "--interface", "eth*", "--namespace", NamespaceFixture.NamespaceOf("right"), "--json");
        await using var service = Start("left");

        await watch.WaitForAsync(() => watch.Output.Count > 0);

        using var advert = System.Text.Json.JsonDocument.Parse(watch.Output[0]);
        Assert.Equal(51, advert.RootElement.GetProperty("virtualRouterId").GetInt32());
        Assert.Equal("Received", advert.RootElement.GetProperty("direction").GetString());
        Assert.Equal(Vip, advert.RootElement.GetProperty("virtualIPAddress")[0].GetString());
        Assert.Equal(0, await watch.StopAsync());
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact]
    public async Task Watch_ends_with_its_reader()
    {
        Write(Instance("web", Vip));
        await using var watch = ServiceProcess.StartByShell(
            "\"$0\" \"$@\" | head -n 1", "watch", "--interface", "eth0", "--namespace", NamespaceFixture.NamespaceOf("right"));
        await using var service = Start("left");

        // The shell waits for both.
        Assert.Equal(0, await watch.EndAsync());
        Assert.Contains("VRRPv3 vrid 51", Assert.Single(watch.Output), StringComparison.Ordinal);
        Assert.Equal(0, await service.StopAsync());
    }

    private static string Instance(string name, string vip, int virtualRouterId = 51, string extraAddress = "") => $$"""
        vrrp_instance {{name}} {
            interface eth0
            virtual_router_id {{virtualRouterId}}
            priority 254
            version 3
            advert_int 0.1
            virtual_ipaddress {
                {{vip}}/24
                {{extraAddress}}
            }
        }

        """;

    private void Write(string text) => File.WriteAllText(ConfigurationPath, text);

    private ServiceProcess Start(string host, params string[] more) => ServiceProcess.Start([.. Arguments(host), .. more]);

    private string[] Arguments(string host)
        => ["run", "--config", ConfigurationPath, "--namespace", NamespaceFixture.NamespaceOf(host), "--socket", SocketPath, "--events", "json"];
}
