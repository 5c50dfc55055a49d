using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>Other programs that think the interface is theirs alone: what docs/coexistence.md says of us is so.</summary>
[Trait("Lane", "Namespace")]
public sealed class CoexistenceTests
{
    private const string Ip = "/usr/sbin/ip";

    [Theory]
    [InlineData(AddressFamily.IPv4, Cluster.Vip)]
    [InlineData(AddressFamily.IPv6, Cluster.Vip6)]
    public async Task Flush_of_dynamic_addresses_by_a_dhcp_script_is_undone_and_told(AddressFamily family, string vip)
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family));
        cluster.WaitFor(0, RouterState.Master, family);
        Assert.Contains("dynamic", Addresses(host, vip), StringComparison.Ordinal);
        using var monitor = host.Run(NetlinkMonitor.Open);

        // "ip" flushes in rounds until nothing is left. We may be quicker than a round; it complains in the end then.
        _ = host.Execute(Ip, string.Empty, family == AddressFamily.IPv4 ? "-4" : "-6", "address", "flush", "dev", "eth0", "dynamic");
        _ = Eventually.Change(monitor, change => IsOf(change, NetlinkChangeKind.AddressRemoved, vip), "the flush takes the address");
        _ = Eventually.Change(monitor, change => IsOf(change, NetlinkChangeKind.AddressAdded, vip), "the address is put back");
        _ = cluster.WaitForEvent(0, VrrpEventKind.AddressRestored);
        Assert.Equal((RouterState.Master, 1), (cluster.State(0, family).State, cluster.Counter(0, family).MasterTransitions));
    }

    [Fact]
    public async Task Flush_of_dynamic_addresses_passes_by_an_address_without_a_lease()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { NoAddressLease = true });
        cluster.WaitFor(0, RouterState.Master);
        Assert.DoesNotContain("dynamic", Addresses(host, Cluster.Vip), StringComparison.Ordinal);
        using var monitor = host.Run(NetlinkMonitor.Open);

        Run(host, "-4", "address", "flush", "dev", "eth0", "dynamic");
        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, host.IPv4, 24));

        // What comes behind the flush was looked at after it.
        var first = Eventually.Change(monitor, static change => change.Kind == NetlinkChangeKind.AddressRemoved, "the mark behind the flush");
        Assert.Equal(host.IPv4, first.Address.Address);
    }

    [Fact]
    public async Task Manager_that_takes_the_address_again_and_again_is_answered_every_time_and_told_of_once()
    {
        const int times = 20;
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        var vip = InetAddress.Parse(Cluster.Vip);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        for (int i = 1; i <= times; i++)
        {
            host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, vip, 24));
            Eventually.True(() => host.Has(vip), $"the address is put back for the {i}. time");
        }

        // A renewal that is just under way puts it back as well, before anybody has missed it.
        Eventually.True(() => cluster.Counter(0).AddressesRestored >= times - 2, "what was put back is counted");
        Assert.Equal((RouterState.Master, 1), (cluster.State(0).State, cluster.Counter(0).MasterTransitions));
        Assert.InRange(cluster.Events.Count(static @event => @event.Kind == VrrpEventKind.AddressRestored), 1, 3);
    }

    [Fact]
    public async Task Manager_that_configures_the_interface_anew_costs_the_role_for_as_long_as_the_hosts_address_is_away()
    {
        using var cluster = new Cluster(2);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");

        // Everything goes, the host's own address too, and comes back from the manager's files.
        Run(host, "-4", "address", "flush", "dev", "eth0");
        cluster.WaitFor(0, RouterState.Fault);
        cluster.WaitFor(1, RouterState.Master);
        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, host.IPv4, 24)));
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(1, RouterState.Backup);
        cluster.WaitForHolders(1);
        Assert.True(host.Has(InetAddress.Parse(Cluster.Vip)));
    }

    private static bool IsOf(LinkOrAddressChange change, NetlinkChangeKind kind, string address)
        => change.Kind == kind && change.Address.Address == InetAddress.Parse(address);

    private static string Addresses(TestHost host, string address)
        => host.Execute(Ip, string.Empty, "-o", "address", "show", "dev", "eth0").Output.Split('\n').Single(line => line.Contains($" {address}/", StringComparison.Ordinal));

    private static void Run(TestHost host, params string[] arguments)
    {
        var (exitCode, output) = host.Execute(Ip, string.Empty, arguments);
        Assert.True(exitCode == 0, output);
    }
}
