using System.Diagnostics;
using System.Globalization;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

public sealed class AddressGuardTests
{
    private static readonly InetAddress s_v4 = InetAddress.Parse("192.0.2.100");
    private static readonly InetAddress s_v6 = InetAddress.Parse("2001:db8::100");

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Killed_engine_loses_its_addresses_at_once()
    {
        using var network = TestNetwork.Create(1);
        Assert.SkipUnless(GuardProcess.FindIp() is not null, "the 'ip' command (iproute2) is not installed");
        var host = network[0];
        using var monitor = host.Run(NetlinkMonitor.Open);
        using var process = TestProcess.Start(host, "guard", s_v4.ToString(), s_v6.ToString());
        Assert.True(host.Has(s_v4) && host.Has(s_v6));

        long start = Stopwatch.GetTimestamp();
        process.Kill();
        var gone = new HashSet<InetAddress>();
        _ = Eventually.Change(
            monitor,
            change => change.Kind == NetlinkChangeKind.AddressRemoved && gone.Add(change.Address.Address) && gone.Count == 2,
            "the guard removed both addresses");
        TestContext.Current.SendDiagnosticMessage($"Addresses gone {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms after SIGKILL.");

        Assert.Equal([s_v4, s_v6], gone.Order());
        Assert.True(host.Has(host.IPv4) && host.Has(host.IPv6));
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Closed_guard_ends_and_removes_nothing()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        var guard = host.Run(AddressGuard.Start);
        Assert.SkipUnless(guard.IsActive, guard.UnavailableReason ?? string.Empty);
        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, s_v4, 32)));
        guard.Update([new GuardedAddress(s_v4, 32, TestHost.InterfaceName)]);
        Assert.True(guard.Flush());

        guard.Dispose();
        guard.Dispose();

        Assert.False(Directory.Exists($"/proc/{guard.ProcessId}"));
        Assert.True(host.Has(s_v4));
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void What_was_told_bit_by_bit_is_removed_and_what_was_taken_back_is_not()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        using var guard = host.Run(AddressGuard.Start);
        Assert.SkipUnless(guard.IsActive, guard.UnavailableReason ?? string.Empty);
        var peer = InetAddress.Parse("192.0.2.201");
        GuardedAddress[] all =
        [
            .. Enumerable.Range(0, 5).Select(static i => new GuardedAddress(InetAddress.Parse($"192.0.2.{150 + i}"), 32, TestHost.InterfaceName)),
            new GuardedAddress(InetAddress.Parse("192.0.2.200"), 32, TestHost.InterfaceName) { Peer = peer },
        ];
        foreach (var address in all)
        {
            host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, address.Address, address.PrefixLength) { Peer = address.Peer }));
        }

        // 0 and 1 one after the other, 2 and the one with a peer together; 0 is taken back, 3 comes after that; 4 is never told.
        guard.Add([all[0]]);
        guard.Add([all[1], all[1]]);
        guard.Add([all[2], all[5]]);
        guard.Update([all[1], all[2], all[5]]);
        guard.Add([all[3], all[2]]);
        Eventually.True(guard.Flush, "the guard was sent everything");
        guard.Trigger();

        Assert.Equal([true, false, false, false, true, false], all.Select(address => host.Has(address.Address)));
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void What_the_pipe_has_no_room_for_is_told_later_and_nothing_of_it_is_lost()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        using var guard = host.Run(AddressGuard.Start);
        Assert.SkipUnless(guard.IsActive, guard.UnavailableReason ?? string.Empty);
        var first = new GuardedAddress(s_v4, 32, TestHost.InterfaceName);
        var last = new GuardedAddress(InetAddress.Parse("192.0.2.151"), 32, TestHost.InterfaceName);
        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, first.Address, 32)));
        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, last.Address, 32)));
        var many = Enumerable.Range(0, 60_000).Select(static i => new GuardedAddress(InetAddress.FromIPv4(0x0A000000 + (uint)i), 32, "eth0")).ToList();

        guard.Update([first, .. many]);
        guard.Add([last]);
        guard.Update([first, last, .. many[..100]]);
        guard.Add([many[200]]);
        Eventually.True(guard.Flush, "the pipe has room for everything in the end");
        guard.Trigger();

        Assert.False(host.Has(first.Address) || host.Has(last.Address));
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Guard_is_deaf_has_its_own_session_and_holds_nothing_but_its_pipes()
    {
        using var network = TestNetwork.Create(1);
        using var guard = network[0].Run(AddressGuard.Start);
        Assert.SkipUnless(guard.IsActive, guard.UnavailableReason ?? string.Empty);
        string process = $"/proc/{guard.ProcessId}";
        foreach (string signal in new[] { "HUP", "INT", "QUIT", "TERM" })
        {
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {guard.ProcessId}"]);
            Assert.True(kill.WaitForExit(Eventually.DefaultBound));
        }

        // Field 6 of stat is the session; the name in field 2 is "(sh)".
        Assert.Equal($"{guard.ProcessId}", File.ReadAllText(process + "/stat").Split(' ')[5]);
        Eventually.True(() => Directory.EnumerateFileSystemEntries(process + "/fd").Count() == 4, "only the bell, the batch, errors and the lists are open");
        Assert.StartsWith("pipe:", new FileInfo(process + "/fd/3").LinkTarget, StringComparison.Ordinal);
        Assert.StartsWith("pipe:", new FileInfo(process + "/fd/0").LinkTarget, StringComparison.Ordinal);
        Assert.StartsWith("pipe:", new FileInfo(process + "/fd/1").LinkTarget, StringComparison.Ordinal);
        Assert.Equal("/dev/null", new FileInfo(process + "/fd/2").LinkTarget);

        // Another end of its own input, and ip would wait for ever.
        string ip = File.ReadAllText($"{process}/task/{guard.ProcessId}/children").Trim();
        Eventually.True(() => File.ReadAllText($"/proc/{ip}/comm") == "ip\n", "ip runs");
        Assert.Single(Directory.EnumerateFileSystemEntries($"/proc/{ip}/fd"), static fd => new FileInfo(fd).LinkTarget!.StartsWith("pipe:", StringComparison.Ordinal));
        using var inside = VrrpPS.Engine.Linux.Namespaces.NetworkNamespace.OpenProcess(guard.ProcessId);
        Assert.Equal(network[0].Namespace.Identity, inside.Identity);
        Assert.True(guard.IsActive);
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Pipes_are_above_all_other_descriptors_and_so_the_first_to_end_with_their_process()
    {
        using var network = TestNetwork.Create(1);
        using var guard = network[0].Run(AddressGuard.Start);
        Assert.SkipUnless(guard.IsActive, guard.UnavailableReason ?? string.Empty);
        int bell = NumberOf(0), lists = NumberOf(3);

        Assert.InRange(bell, 960, int.MaxValue);
        Assert.InRange(lists, bell + 1, int.MaxValue);

        int NumberOf(int theirs)
        {
            string pipe = new FileInfo($"/proc/{guard.ProcessId}/fd/{theirs}").LinkTarget!;
            var held = Directory.EnumerateFileSystemEntries("/proc/self/fd").Where(path => new FileInfo(path).LinkTarget == pipe).ToList();
            return int.Parse(Path.GetFileName(Assert.Single(held)), CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void List_longer_than_the_pipe_reaches_the_guard_in_the_end()
    {
        using var network = TestNetwork.Create(1);
        using var guard = network[0].Run(AddressGuard.Start);
        Assert.SkipUnless(guard.IsActive, guard.UnavailableReason ?? string.Empty);
        var many = Enumerable.Range(0, 60_000).Select(static i => new GuardedAddress(InetAddress.FromIPv4(0x0A000000 + (uint)i), 32, "eth0")).ToList();
        guard.Update(many);
        guard.Update(many.Skip(1));
        guard.Update([]);
        Eventually.True(guard.Flush, "the pipe has room for everything in the end");
        Assert.True(guard.IsActive);
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Guard_sleeps_while_the_engine_takes_over_and_takes_its_list_when_it_is_rung_for()
    {
        using var network = TestNetwork.Create(1);
        using var guard = network[0].Run(AddressGuard.Start);
        Assert.SkipUnless(guard.IsActive, guard.UnavailableReason ?? string.Empty);
        Eventually.True(Sleeps, "the guard waits for its bell");
        long started = Taken();
        guard.Update([new GuardedAddress(s_v4, 32, TestHost.InterfaceName)]);
        guard.Ring();
        Eventually.True(() => Taken() >= started + 20 && Sleeps(), "the guard has taken the first list");
        long before = Taken();

        guard.Add([new GuardedAddress(InetAddress.Parse("192.0.2.151"), 32, TestHost.InterfaceName)]);
        Assert.Equal(before, Taken());
        guard.Ring();

        Eventually.True(() => Taken() >= before + 20, "the guard has taken the second list");

        // A system call's number, and the descriptor that it reads from; and what the process has read since it began.
        bool Sleeps() => File.ReadAllText($"/proc/{guard.ProcessId}/syscall").Split(' ') is [_, "0x0", ..];
        long Taken() => long.Parse(File.ReadLines($"/proc/{guard.ProcessId}/io").First().Split(' ')[1], CultureInfo.InvariantCulture);
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Guard_that_was_killed_is_noticed()
    {
        using var network = TestNetwork.Create(1);
        using var guard = network[0].Run(AddressGuard.Start);
        Assert.SkipUnless(guard.IsActive, guard.UnavailableReason ?? string.Empty);
        GuardProcess.Kill(guard.ProcessId);
        Eventually.Readable(guard.ProcessDescriptor, "its end is seen");

        // Whoever holds the other end dies with it, but perhaps a moment later.
        Eventually.True(
            () =>
            {
                guard.Update([new GuardedAddress(s_v4, 32, "eth0")]);
                guard.Update([]);
                return !guard.IsActive;
            },
            "the pipe is broken");
        Assert.Contains("EPIPE", guard.UnavailableReason, StringComparison.Ordinal);
        guard.Update([]);
    }

    [Fact]
    public void Missing_tools_are_said_and_harmless()
    {
        using var noIp = AddressGuard.Start("/bin/sh", null);
        using var noShell = AddressGuard.Start(null, "/sbin/ip");
        using var badShell = AddressGuard.Start("/no/such/shell", "/sbin/ip");
        Assert.Contains("iproute2", noIp.UnavailableReason, StringComparison.Ordinal);
        Assert.Contains("/bin/sh", noShell.UnavailableReason, StringComparison.Ordinal);
        Assert.Contains("ENOENT", badShell.UnavailableReason, StringComparison.Ordinal);
        foreach (var guard in new[] { noIp, noShell, badShell })
        {
            Assert.False(guard.IsActive);
            guard.Update([new GuardedAddress(s_v4, 32, "eth0")]);
        }
    }

    [Theory]
    [InlineData("eth0", true)]
    [InlineData("br-0.5@x:1+", true)]
    [InlineData("", false)]
    [InlineData("-force", false)]
    [InlineData("a b", false)]
    [InlineData("a\nb", false)]
    [InlineData("$(id)", false)]
    [InlineData("a;b", false)]
    [InlineData("0123456789abcdef", false)]
    public void Only_harmless_interface_names_are_guarded(string name, bool expected)
    {
        Assert.Equal(expected, GuardedAddress.IsGuardable(name));
        using var guard = AddressGuard.Start(null, null);
        if (!expected)
        {
            Assert.Throws<ArgumentException>(() => guard.Update([new GuardedAddress(s_v4, 32, name)]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Script_prints_one_removal_per_address_and_falls_back_without_batches(bool hasBatches)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the guard is a Unix shell script");
            return;
        }

        string directory = Directory.CreateTempSubdirectory("vrrpps-").FullName;
        try
        {
            string ip = Path.Combine(directory, "ip");
            string log = Path.Combine(directory, "log");
            string started = Path.Combine(directory, "started");

            // Only when the shell has closed its end, too, does it notice that nobody reads.
            const string close = "exec <&-; while [ -e /proc/$PPID/fd/4 ]; do :; done";
            string batch = hasBatches ? $"echo > '{started}'; exec cat >> '{log}'" : $"{close}; echo > '{started}'; exit 1";
            File.WriteAllText(ip, $"#!/bin/sh\n[ \"$1\" != -force ] || {{ {batch}; }}\nprintf '%s|' \"$@\" >> '{log}'; echo >> '{log}'\n");
            File.SetUnixFileMode(ip, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            string lists = Path.Combine(directory, "lists");
            File.WriteAllText(lists, "10.0.0.1/32 old \n2001:db8::100/128 * \n+ 192.0.2.100/32 eth0 \n+ 10.0.0.9/32 half");
            using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "mkfifo \"$3.pipe\"; exec 6<> \"$3.pipe\" 3< \"$3\" 4< \"$3.pipe\" 5> \"$3.pipe\"; exec /bin/sh -c \"$1\" \"$2\" 6<&-", "sh", GuardProcess.Script, ip, lists]) { RedirectStandardInput = true, UseShellExecute = false })!;
            Eventually.True(() => File.Exists(started), "ip runs before the end");

            // Rung for two of them; the third is taken at the end, the half of a fourth never.
            shell.StandardInput.Write("2\n");
            shell.StandardInput.Close();
            Assert.True(shell.WaitForExit(Eventually.DefaultBound));
            string expected = hasBatches
                ? "address delete 192.0.2.100/32 dev eth0\naddress delete 2001:db8::100/128 dev *\n"
                : "address|delete|192.0.2.100/32|dev|eth0|\naddress|delete|2001:db8::100/128|dev|*|\n";
            Assert.Equal(expected, File.ReadAllText(log));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
