using System.Diagnostics;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Scheduling;
using VrrpPS.Engine.Systemd;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Systemd;

/// <summary>The unit follows from what the configuration needs: one test for each need.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class UnitFileTests
{
    private const string LeastCapabilities = "CAP_NET_ADMIN CAP_NET_RAW";

    [Fact]
    public void Plain_configuration_gets_the_least()
    {
        string[] unit = Unit(Instance());

        Assert.StartsWith(UnitFile.Mark, unit[0], StringComparison.Ordinal);
        Assert.Contains($"CapabilityBoundingSet={LeastCapabilities}", unit);
        Assert.Contains("ReadWritePaths=/proc/sys/net", unit);
        Assert.Contains("ProtectHome=yes", unit);
        Assert.Contains("PrivateTmp=yes", unit);
        Assert.Contains("RestrictNamespaces=yes", unit);
        Assert.Contains("RestrictRealtime=yes", unit);
        Assert.DoesNotContain(unit, static line => line.StartsWith("NetworkNamespacePath=", StringComparison.Ordinal) || line.StartsWith("User=", StringComparison.Ordinal)
            || line.StartsWith("AmbientCapabilities=", StringComparison.Ordinal));
        Assert.Contains("ExecStart=/usr/bin/vrrpps run --config /etc/vrrpps/web.json --socket /run/vrrpps/control.sock --events journal", unit);
        Assert.Contains("ExecStopPost=-/usr/bin/vrrpps sweep --config /etc/vrrpps/web.json", unit);
    }

    [Fact]
    public void Real_time_priority_and_locked_memory_are_limits_and_no_capabilities()
    {
        Assert.True(ProcessorSet.TryParse("1", out var second));
        string[] unit = UnitFile.Write(
            new UnitOptions
            {
                Executable = "/usr/bin/vrrpps",
                ConfigurationPath = "/etc/vrrpps",
                Scheduling = new LoopScheduling { RealTimePriority = 50, LockMemory = true, Processors = second },
            },
            UnitNeeds.None).Split('\n');

        Assert.Contains("ExecStart=/usr/bin/vrrpps run --config /etc/vrrpps --socket /run/vrrpps/control.sock --events journal --realtime-priority 50 --lock-memory --processors 1", unit);
        Assert.Contains("LimitRTPRIO=50", unit);
        Assert.Contains("LimitMEMLOCK=infinity", unit);
        Assert.Contains("RestrictRealtime=no", unit);
        Assert.Contains($"CapabilityBoundingSet={LeastCapabilities}", unit);
    }

    [Fact]
    public void Commands_of_another_user_need_to_become_him_and_to_end_him()
        => Assert.Contains(
            $"CapabilityBoundingSet={LeastCapabilities} CAP_SETUID CAP_SETGID CAP_KILL",
            Unit(Instance() with { Notification = new NotificationOptions { Commands = [new NotificationCommand { Arguments = ["/bin/true"], User = "nobody" }] } }));

    [Fact]
    public void Checks_of_another_user_need_the_same()
        => Assert.Contains(
            $"CapabilityBoundingSet={LeastCapabilities} CAP_SETUID CAP_SETGID CAP_KILL",
            Unit(Instance() with { Trackers = [new ScriptTracker { Name = "t", Command = ["/bin/true"], User = "nobody" }] }));

    [Fact]
    public void Commands_of_the_services_own_user_need_nothing()
        => Assert.Contains(
            $"CapabilityBoundingSet={LeastCapabilities}",
            Unit(Instance() with { Notification = new NotificationOptions { Commands = [new NotificationCommand { Arguments = ["/bin/true"] }] } }));

    [Fact]
    public void Single_namespace_is_entered_by_systemd()
    {
        string[] unit = Unit(Instance() with { NetworkNamespace = "blue" });

        Assert.Contains("NetworkNamespacePath=/run/netns/blue", unit);
        Assert.Contains($"CapabilityBoundingSet={LeastCapabilities}", unit);
        Assert.Contains("RestrictNamespaces=yes", unit);
    }

    [Fact]
    public void Several_namespaces_are_entered_by_the_service()
    {
        string[] unit = Unit(Instance() with { NetworkNamespace = "blue" }, Instance() with { Name = "b" });

        Assert.DoesNotContain(unit, static line => line.StartsWith("NetworkNamespacePath=", StringComparison.Ordinal));
        Assert.Contains($"CapabilityBoundingSet={LeastCapabilities} CAP_SYS_ADMIN", unit);
        Assert.Contains("RestrictNamespaces=net", unit);
    }

    [Fact]
    public void Directories_of_pipes_and_event_files_are_writable()
        => Assert.Contains(
            "ReadWritePaths=/proc/sys/net /run \"/var/log/a b\"",
            Unit(Instance() with { Notification = new NotificationOptions { Fifos = ["/run/vrrp.fifo"], EventFile = new EventFileOptions("/var/log/a b/vrrp.json") } }));

    [Theory]
    [InlineData("/home/me/check", "ProtectHome=no", "PrivateTmp=yes")]
    [InlineData("/root/check", "ProtectHome=no", "PrivateTmp=yes")]
    [InlineData("/tmp/check", "ProtectHome=yes", "PrivateTmp=no")]
    [InlineData("/temporary/check", "ProtectHome=yes", "PrivateTmp=yes")]
    public void Programs_stay_visible_where_they_are(string program, string home, string temporary)
    {
        string[] unit = Unit(Instance() with { Trackers = [new ScriptTracker { Name = "t", Command = [program] }] });

        Assert.Contains(home, unit);
        Assert.Contains(temporary, unit);
    }

    [Fact]
    public void User_of_his_own_gets_the_capabilities_handed_down()
    {
        string[] unit = UnitFile.Write(Options() with { User = "vrrp:net", Name = "vrrp-dmz", AllowPartial = true }, UnitNeeds.None).Split('\n');

        Assert.Contains("User=vrrp", unit);
        Assert.Contains("Group=net", unit);
        Assert.Contains($"AmbientCapabilities={LeastCapabilities}", unit);
        Assert.Contains("RuntimeDirectory=vrrp-dmz", unit);
        Assert.Contains(unit, static line => line.StartsWith("ExecStart=", StringComparison.Ordinal) && line.EndsWith("--socket /run/vrrp-dmz/control.sock --events journal --allow-partial", StringComparison.Ordinal));
    }

    [Fact]
    public void Metrics_leave_by_the_ways_that_were_asked_for_and_their_file_can_be_written()
    {
        var exports = UnitExports.Create("[::1]:9765", "/var/tmp/vrrp.prom", "http://127.0.0.1:4318");
        string[] unit = UnitFile.Write(Options() with { Exports = exports }, UnitNeeds.None).Split('\n');

        Assert.Contains(unit, static line => line.EndsWith(
            "--events journal --metrics-listen \"[::1]:9765\" --metrics-file /var/tmp/vrrp.prom --otlp-endpoint http://127.0.0.1:4318", StringComparison.Ordinal));
        Assert.Contains("ReadWritePaths=/proc/sys/net /var/tmp", unit);
        Assert.Contains("PrivateTmp=no", unit);
    }

    [Theory]
    [InlineData("127.0.0.1", null, null, "no address and port")]
    [InlineData("::1:9765", null, null, "in brackets")]
    [InlineData(null, "/no-such-directory/vrrp.prom", null, "make it first")]
    [InlineData(null, null, "127.0.0.1:4318", "no URL")]
    public void Ways_that_lead_nowhere_become_no_unit(string? listen, string? file, string? endpoint, string told)
    {
        var refusal = Assert.Throws<VrrpException>(() => UnitExports.Create(listen, file, endpoint));
        Assert.Equal(ErrorIds.MetricsUnavailable, refusal.ErrorId);
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_quoted_and_never_read_as_specifiers_or_variables()
    {
        string[] unit = UnitFile.Write(Options() with { ConfigurationPath = "/etc/a b/$HOME%h\"\\.json" }, UnitNeeds.None).Split('\n');

        Assert.Contains("ExecStopPost=-/usr/bin/vrrpps sweep --config \"/etc/a b/$$HOME%%h\\\"\\\\.json\"", unit);
        var refusal = Assert.Throws<VrrpException>(() => UnitFile.Write(Options() with { ConfigurationPath = "/etc/a\nExecStart=/bin/sh" }, UnitNeeds.None));
        Assert.Equal(ErrorIds.InvalidConfiguration, refusal.ErrorId);
    }

    [Theory]
    [InlineData("vrrpps", "vrrpps")]
    [InlineData("vrrpps-dmz.service", "vrrpps-dmz")]
    [InlineData("", null)]
    [InlineData(".service", null)]
    [InlineData("../x", null)]
    [InlineData("a b", null)]
    [InlineData("a@b", null)]
    public void Names_are_those_of_units(string text, string? name)
    {
        if (name is null)
        {
            Assert.Equal(ErrorIds.InvalidConfiguration, Assert.Throws<VrrpException>(() => UnitName.Parse(text)).ErrorId);
            return;
        }

        Assert.Equal(name, UnitName.Parse(text));
    }

    public static TheoryData<string> Kinds => ["plain", "user", "namespaces"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Systemd_finds_nothing_wrong_and_little_exposed(string kind)
    {
        const string analyze = "/usr/bin/systemd-analyze";
        Assert.SkipUnless(File.Exists(analyze), "systemd is not installed");
        var directory = Directory.CreateTempSubdirectory("vrrpps-unit-");
        try
        {
            InstanceConfiguration[] instances = kind == "namespaces" ? [Instance() with { NetworkNamespace = "blue" }, Instance()] : [Instance()];
            string path = UnitInstaller.Write(
                directory.FullName, Options() with { Executable = "/bin/true", User = kind == "user" ? "daemon" : null }, UnitNeeds.Of(instances));

            var verified = Run(analyze, "verify", "--man=no", "--generators=no", path);
            Assert.True(verified.ExitCode == 0 && !verified.Output.Contains("vrrpps.service", StringComparison.Ordinal), verified.Output);

            // Of 100: what a service without any protection gets is 96. CAP_SYS_ADMIN is worth more than all the rest.
            var exposed = Run(analyze, "security", "--offline=true", $"--threshold={(kind == "namespaces" ? 45 : 35)}", path);
            Assert.True(exposed.ExitCode == 0, exposed.Output);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Somebody_elses_unit_is_neither_replaced_nor_removed()
    {
        var directory = Directory.CreateTempSubdirectory("vrrpps-unit-");
        try
        {
            string path = UnitInstaller.PathOf(directory.FullName, "vrrpps");
            File.WriteAllText(path, "[Unit]\n");

            Assert.Equal(ErrorIds.UnitNotOurs, Assert.Throws<VrrpException>(() => UnitInstaller.Write(directory.FullName, Options(), UnitNeeds.None)).ErrorId);
            Assert.Equal(ErrorIds.UnitNotOurs, Assert.Throws<VrrpException>(() => UnitInstaller.Remove(path)).ErrorId);
            Assert.Equal("[Unit]\n", File.ReadAllText(path));

            File.Delete(path);
            Assert.Equal(path, UnitInstaller.Write(directory.FullName, Options(), UnitNeeds.None));
            Assert.Equal(path, UnitInstaller.Write(directory.FullName, Options() with { User = "x" }, UnitNeeds.None));
            Assert.Contains("User=x\n", File.ReadAllText(path), StringComparison.Ordinal);
            Assert.True(UnitInstaller.Remove(path));
            Assert.False(UnitInstaller.Remove(path));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Systemctl_is_asked_in_its_words_and_its_refusal_is_told()
    {
        var directory = Directory.CreateTempSubdirectory("vrrpps-unit-");
        try
        {
            string log = Path.Combine(directory.FullName, "log");
            string systemctl = Path.Combine(directory.FullName, "systemctl");
            File.WriteAllText(systemctl, $"#!/bin/sh\necho \"$*\" >> {log}\n[ \"$1\" != restart ] || {{ echo 'Job for it failed.' >&2; exit 1; }}\n");
            File.SetUnixFileMode(systemctl, (UnixFileMode)0b111_101_101);
            var manager = new SystemManager(systemctl);

            manager.Reload();
            manager.Enable("vrrpps");
            manager.Disable("vrrpps");
            var refusal = Assert.Throws<VrrpException>(() => manager.Restart("vrrpps"));

            Assert.Equal(ErrorIds.SystemdRefused, refusal.ErrorId);
            Assert.Contains("'systemctl restart vrrpps.service' failed: Job for it failed.", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(["daemon-reload", "enable vrrpps.service", "disable --now vrrpps.service", "restart vrrpps.service"], File.ReadAllLines(log));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static string[] Unit(params InstanceConfiguration[] instances) => UnitFile.Write(Options(), UnitNeeds.Of(instances, "/etc/vrrpps/web.json")).Split('\n');

    private static UnitOptions Options() => new() { Executable = "/usr/bin/vrrpps", ConfigurationPath = "/etc/vrrpps/web.json" };

    private static InstanceConfiguration Instance() => new()
    {
        Name = "web",
        InterfaceName = "eth0",
        VirtualRouterId = 41,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
    };
}
