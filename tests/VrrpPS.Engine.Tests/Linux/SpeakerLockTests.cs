using System.Diagnostics;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

[Trait("Lane", "Namespace")]
public sealed class SpeakerLockTests
{
    [Fact]
    public void One_process_has_one_lock_per_router_family_interface_and_namespace()
    {
        using var network = TestNetwork.Create(2);
        var host = network[0];
        SpeakerLock Take(TestHost at, int index, AddressFamily family, byte id)
            => at.Run(() => SpeakerLock.Acquire(TestHost.InterfaceName, index, family, id));

        using (var held = Take(host, host.InterfaceIndex, AddressFamily.IPv4, 51))
        {
            Assert.True(held.IsHeld);
            var error = Assert.Throws<VrrpException>(() => Take(host, host.InterfaceIndex, AddressFamily.IPv4, 51));
            Assert.Equal(ErrorIds.VirtualRouterInUse, error.ErrorId);
            Assert.Contains("another instance of this process", error.Message, StringComparison.Ordinal);
            Assert.Contains("Virtual router 51 (IPv4) on interface 'eth0'", error.Message, StringComparison.Ordinal);
            using var otherFamily = Take(host, host.InterfaceIndex, AddressFamily.IPv6, 51);
            using var otherRouter = Take(host, host.InterfaceIndex, AddressFamily.IPv4, 52);
            using var otherInterface = Take(host, 1, AddressFamily.IPv4, 51);
            using var otherNamespace = Take(network[1], host.InterfaceIndex, AddressFamily.IPv4, 51);
        }

        using var again = Take(host, host.InterfaceIndex, AddressFamily.IPv4, 51);
    }

    [Fact]
    public void Holder_is_named_and_its_death_frees_the_lock()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        using var process = TestProcess.Start(host, "lock", "51");
        try
        {
            var error = Assert.Throws<VrrpException>(
                () => host.Run(() => SpeakerLock.Acquire(TestHost.InterfaceName, host.InterfaceIndex, AddressFamily.IPv4, 51)));
            Assert.Contains($"process {process.Id} (", error.Message, StringComparison.Ordinal);
            Assert.Contains("VrrpPS.Engine.Tests", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }

        Assert.True(process.WaitForExit(Eventually.DefaultBound));
        using var freed = host.Run(() => SpeakerLock.Acquire(TestHost.InterfaceName, host.InterfaceIndex, AddressFamily.IPv4, 51));
    }

    [Fact]
    public void Keepalived_is_found_in_its_own_namespace_only()
    {
        using var network = TestNetwork.Create(2);

        // Any program under that name will do: sleep, by a link called keepalived.
        string directory = Directory.CreateTempSubdirectory("vrrpps-").FullName;
        string program = Path.Combine(directory, "keepalived");
        File.CreateSymbolicLink(program, "/bin/sleep");
        Process? process = null;
        try
        {
            process = network[0].Start(program, null, "60");
            Eventually.True(
                () => network[0].Run(LocalKeepalived.Find).Any(found => found.ProcessId == process.Id), "keepalived is found");
            Assert.Contains("keepalived 60", network[0].Run(LocalKeepalived.Find).Single().CommandLine, StringComparison.Ordinal);
            Assert.Empty(network[1].Run(LocalKeepalived.Find));
        }
        finally
        {
            process?.Kill();
            process?.Dispose();
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Sweep_removes_named_marked_addresses_of_its_family_and_nothing_else()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        InetAddress Address(string text) => InetAddress.Parse(text);
        VirtualAddress[] configured = [new(Address("192.0.2.100"), 24), new(Address("192.0.2.101"), 32), new(Address("2001:db8::100"), 128)];
        host.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            void Bind(string text, byte protocol) => netlink.AddAddress(
                new AddressAssignment(host.InterfaceIndex, Address(text), (byte)(Address(text).Length * 8)) { Protocol = protocol });
            Bind("192.0.2.100", AddressProtocol.VrrpPS);
            Bind("192.0.2.101", AddressProtocol.Keepalived);
            Bind("192.0.2.102", AddressProtocol.VrrpPS);
            Bind("2001:db8::100", AddressProtocol.VrrpPS);

            Assert.Equal(2, OrphanSweep.Find(netlink, host.InterfaceIndex, configured).Count);
            var held = SpeakerLock.Acquire(TestHost.InterfaceName, host.InterfaceIndex, AddressFamily.IPv4, 51);
            var removed = OrphanSweep.Remove(netlink, held, configured);
            Assert.Equal(Address("192.0.2.100"), removed.Single().Address);
            held.Dispose();
            Assert.Throws<InvalidOperationException>(() => OrphanSweep.Remove(netlink, held, configured));
        });
        Assert.False(host.Has(Address("192.0.2.100")));
        Assert.True(host.Has(Address("192.0.2.101")));
        Assert.True(host.Has(Address("192.0.2.102")));
        Assert.True(host.Has(Address("2001:db8::100")));
        Assert.True(host.Has(host.IPv4));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unprivileged_process_on_the_name_keeps_nobody_from_speaking(bool listens)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/perl") && File.Exists("/usr/bin/setpriv"), "perl and setpriv are not installed");
        using var network = TestNetwork.Create(1);
        var host = network[0];
        SpeakerLock Take() => host.Run(() => SpeakerLock.Acquire(TestHost.InterfaceName, host.InterfaceIndex, AddressFamily.IPv4, 51));
        var identity = host.Namespace.Identity;
        string name = $"vrrpps/speaker/{identity.Device:x}-{identity.Inode:x}/{host.InterfaceIndex}/v4/51";
        string program = $"socket(S, AF_UNIX, SOCK_STREAM, 0); bind(S, pack('S a*', AF_UNIX, \"\\0{name}\")) or die; {(listens ? "listen(S, 1);" : string.Empty)} $| = 1; print \"ready\\n\"; sleep 60";
        using var squatter = host.Start("/usr/bin/setpriv", null, "--reuid=65534", "--clear-groups", "/usr/bin/perl", "-MSocket", "-e", program);
        try
        {
            Assert.Equal("ready", squatter.StandardOutput.ReadLine());
            using var held = Take();
            Assert.Equal(ErrorIds.VirtualRouterInUse, Assert.Throws<VrrpException>(Take).ErrorId);

            // And when the name is free again, the right is not.
            squatter.Kill();
            squatter.WaitForExit();
            Assert.Contains("another instance of this process", Assert.Throws<VrrpException>(Take).Message, StringComparison.Ordinal);
            held.Dispose();
            using var again = Take();
        }
        finally
        {
            squatter.Kill();
        }
    }

    [Fact]
    public void Name_that_looks_like_others_in_the_kernels_text_keeps_nobody_from_speaking()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/perl") && File.Exists("/usr/bin/setpriv"), "perl and setpriv are not installed");
        using var network = TestNetwork.Create(1);
        var host = network[0];
        var identity = host.Namespace.Identity;
        string own = $"vrrpps/speaker/{identity.Device:x}-{identity.Inode:x}/{host.InterfaceIndex}/v4/51";
        string program = $"socket(S, AF_UNIX, SOCK_STREAM, 0); bind(S, pack('S a*', AF_UNIX, \"\\0x\\n1 99999 \\@{own}/+a\\n\")) or die; listen(S, 1); $| = 1; print \"ready\\n\"; sleep 60";
        using var forger = host.Start("/usr/bin/setpriv", null, "--reuid=65534", "--clear-groups", "/usr/bin/perl", "-MSocket", "-e", program);
        try
        {
            Assert.Equal("ready", forger.StandardOutput.ReadLine());
            Assert.Contains(host.Run(() => AbstractNames.FindInText("vrrpps/", string.Empty)), found => found.Inode == "99999");

            using var held = host.Run(() => SpeakerLock.Acquire(TestHost.InterfaceName, host.InterfaceIndex, AddressFamily.IPv4, 51));
            Assert.Equal([own], host.Run(() => AbstractNames.Find("vrrpps/")).Select(static found => found.Name));
        }
        finally
        {
            forger.Kill();
        }
    }

    [Fact]
    public void Names_are_the_same_in_the_kernels_text()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        SpeakerLock[] locks = [.. Enumerable.Range(1, 200).Select(id
            => host.Run(() => SpeakerLock.Acquire(TestHost.InterfaceName, host.InterfaceIndex, AddressFamily.IPv6, (byte)id)))];
        try
        {
            var names = host.Run(() => AbstractNames.Find("vrrpps/", "/v6/"));
            Assert.Equal(200, names.Count);
            Assert.Equal(names.Order(), host.Run(() => AbstractNames.FindInText("vrrpps/", "/v6/")).Order());
            Assert.Equal(111, host.Run(() => AbstractNames.Find("vrrpps/", "/v6/1")).Count);
        }
        finally
        {
            Array.ForEach(locks, static held => held.Dispose());
        }
    }
}
