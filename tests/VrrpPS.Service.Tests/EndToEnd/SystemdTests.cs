using VrrpPS.Service.Native;
using VrrpPS.Service.Tests.Support;
using Xunit;

namespace VrrpPS.Service.Tests.EndToEnd;

/// <summary>What a unit promises systemd, with sockets, mounts and capabilities of the test's own in systemd's place.</summary>
[Trait("Lane", "Namespace")]
[Collection(EndToEndCollection.Name)]
public sealed class SystemdTests : IDisposable
{
    private const string Vip = "192.0.2.1";

    private readonly DirectoryInfo _directory;

    public SystemdTests(NamespaceFixture fixture)
    {
        Assert.SkipUnless(fixture.SkipReason is null, fixture.SkipReason ?? string.Empty);
        _directory = Directory.CreateTempSubdirectory("vrrpps-test-");
    }

    private string Configuration => Path.Combine(_directory.FullName, "fragments");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Manager_is_told_of_readiness_the_master_signs_of_life_reload_and_end()
    {
        Write("10-web.conf", Instance("web", Vip, 51));
        using var manager = new DatagramListener(Path.Combine(_directory.FullName, "notify"));
        await using var service = Start($"NOTIFY_SOCKET={manager.Name} WATCHDOG_USEC=3000000 exec \"$0\" \"$@\"", "--namespace", NamespaceFixture.NamespaceOf("left"));

        string ready = await manager.WaitForAsync("READY=1");
        Assert.Contains("STATUS=web: ", ready, StringComparison.Ordinal);
        _ = await manager.WaitForAsync("STATUS=web: Master");
        _ = await manager.WaitForAsync("WATCHDOG=1");

        // A second fragment: the first instance does not notice.
        Write("20-dns.conf", Instance("dns", "192.0.2.2", 52));
        service.Reload();
        _ = await manager.WaitForAsync("RELOADING=1\nMONOTONIC_USEC=");
        _ = await manager.WaitForAsync("READY=1");
        await service.WaitForStateAsync("dns", "Master");
        Assert.Equal(["Backup", "Master"], service.Events.Where(static line => line.Instance == "web").Select(static line => line.To));

        // One that claims a name which is taken: refused with both places, and nothing changes.
        Write("30-dns.conf", Instance("dns", "192.0.2.3", 53));
        service.Reload();
        _ = await manager.WaitForAsync("RELOADING=1");
        string refused = await manager.WaitForAsync("READY=1");
        Assert.Contains("STATUS=The configuration is not reloaded, the old one stays in force. ", refused, StringComparison.Ordinal);
        Assert.Contains("web: Master", refused, StringComparison.Ordinal);
        await service.WaitForAsync(() => service.Error.Contains("reload refused", StringComparison.Ordinal));
        Assert.Contains("30-dns.conf:", service.Error, StringComparison.Ordinal);
        Assert.Contains("The first of them is at", service.Error, StringComparison.Ordinal);
        Assert.Contains("20-dns.conf:", service.Error, StringComparison.Ordinal);
        Assert.Equal(["Backup", "Master"], service.Events.Where(static line => line.Instance == "dns").Select(static line => line.To));
        Assert.Contains(Vip, NamespaceFixture.AddressesOf("left"));

        service.Signal(ProcessNative.SigTerm);
        _ = await manager.WaitForAsync("STOPPING=1\nEXTEND_TIMEOUT_USEC=");
        Assert.Equal(0, await service.EndAsync());
    }

    [Fact]
    public async Task Frozen_service_gives_no_sign_of_life()
    {
        Write("web.conf", Instance("web", Vip, 51));
        using var manager = new DatagramListener(Path.Combine(_directory.FullName, "notify"));
        await using var service = Start($"NOTIFY_SOCKET={manager.Name} WATCHDOG_USEC=600000 exec \"$0\" \"$@\"", "--namespace", NamespaceFixture.NamespaceOf("left"));
        _ = await manager.WaitForAsync("WATCHDOG=1");

        service.Signal(ProcessNative.SigStop);
        using var silence = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        int heard = 0;
        while (!silence.IsCancellationRequested)
        {
            try
            {
                _ = await manager.ReceiveAsync().WaitAsync(silence.Token);
                heard++;
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        // Nine would have come.
        Assert.InRange(heard, 0, 2);
        await service.KillAsync();
    }

    [Theory]
    [InlineData("root", "setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+net_admin,+net_raw")]
    [InlineData("nobody", "setpriv --no-new-privs --reuid=nobody --regid=nogroup --clear-groups --inh-caps=-all,+net_admin,+net_raw --ambient-caps=-all,+net_admin,+net_raw --bounding-set=-all,+net_admin,+net_raw")]
    public async Task Service_works_with_what_its_unit_leaves_it(string user, string identity)
    {
        Write("web.conf", Instance("web", Vip, 51));
        string runtime = _directory.CreateSubdirectory("run").FullName;
        File.SetUnixFileMode(runtime, (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(_directory.FullName, (UnixFileMode)0b111_101_101);

        // The network namespace as by NetworkNamespacePath=, the mounts as by ProtectSystem=strict, ProtectKernelTunables= and ReadWritePaths=.
        string line = $$"""
            exec nsenter --net=/run/netns/{{NamespaceFixture.NamespaceOf("left")}} unshare --mount --propagation private sh -ec '
                mount --bind {{runtime}} {{runtime}}
                mount --bind /proc/sys /proc/sys
                mount -o remount,ro,bind /proc/sys
                mount --bind /proc/sys/net /proc/sys/net
                mount -o remount,rw,bind /proc/sys/net
                mount -o remount,ro,bind /
                exec {{identity}} "$0" "$@"
            ' "$0" "$@"
            """;
        await using var service = Start(line);

        await service.WaitForStateAsync("web", "Master");

        Assert.Contains(Vip, NamespaceFixture.AddressesOf("left"));
        Assert.DoesNotContain("warning", service.Error, StringComparison.Ordinal);
        string[] status = File.ReadAllLines($"/proc/{service.ProcessId}/status");
        Assert.Contains("CapEff:\t0000000000003000", status);
        Assert.Contains("CapBnd:\t0000000000003000", status);
        Assert.Equal(user == "root", status.Contains("Uid:\t0\t0\t0\t0"));
        Assert.Equal(0, await service.StopAsync());
        Assert.DoesNotContain(Vip, NamespaceFixture.AddressesOf("left"));
    }

    [Fact]
    public async Task Unit_is_written_for_what_a_configuration_needs()
    {
        Write("web.json", """
            {
              "instances": [
                {
                  "name": "web", "interfaceName": "eth0", "virtualRouterId": 51, "virtualAddresses": ["192.0.2.1/24"],
                  "notification": { "commands": [ { "arguments": ["/bin/true"], "user": "nobody" } ] }
                }
              ]
            }
            """);

        var unit = await ServiceProcess.RunAsync("unit", "--config", Configuration, "--executable", "/usr/bin/vrrpps");
        Assert.Equal((0, string.Empty), (unit.ExitCode, unit.Error));
        Assert.Contains("CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW CAP_SETUID CAP_SETGID CAP_KILL", unit.Output, StringComparison.Ordinal);
        Assert.Contains($"ExecStart=/usr/bin/vrrpps run --config {Configuration} ", unit.Output, StringComparison.Ordinal);

        var exporting = await ServiceProcess.RunAsync("unit", "--config", Configuration, "--metrics-listen", "127.0.0.1:9765", "--metrics-file", Path.Combine(Configuration, "vrrp.prom"));
        Assert.Contains($" --events journal --metrics-listen 127.0.0.1:9765 --metrics-file {Configuration}/vrrp.prom\n", exporting.Output + "\n", StringComparison.Ordinal);
        Assert.Contains($"ReadWritePaths=/proc/sys/net {Configuration}\n", exporting.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ServiceProcess.RunAsync("unit", "--metrics-listen", "9765")).ExitCode);
        Assert.Equal(2, (await ServiceProcess.RunAsync("unit", "--otlp-endpoint", "collector")).ExitCode);

        Write("web.json", "{ \"instances\": [ {} ] }");
        Assert.Equal(1, (await ServiceProcess.RunAsync("unit", "--config", Configuration)).ExitCode);
        Assert.Equal(1, (await ServiceProcess.RunAsync("check", "--config", Configuration)).ExitCode);
        Assert.Equal(2, (await ServiceProcess.RunAsync("unit", "--name", "a b")).ExitCode);
    }

    private ServiceProcess Start(string line, params string[] arguments) => ServiceProcess.StartByShell(
        line,
        ["run", "--config", Configuration, "--socket", Path.Combine(_directory.FullName, "run", "control.sock"), "--events", "json", .. arguments]);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Directory.CreateDirectory(Configuration).FullName, name), text);

    private static string Instance(string name, string address, int virtualRouterId) => $$"""
        vrrp_instance {{name}} {
            interface eth0
            virtual_router_id {{virtualRouterId}}
            version 3
            advert_int 0.2
            virtual_ipaddress {
                {{address}}/24
            }
        }

        """;
}
