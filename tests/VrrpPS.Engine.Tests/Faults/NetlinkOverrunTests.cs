using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>
/// More changes of addresses than the kernel keeps for a loop that stands still (ENOBUFS): what it then was not told, it finds by itself.
/// </summary>
[Trait("Lane", "Namespace")]
public sealed class NetlinkOverrunTests
{
    /// <summary>The groups the monitor subscribes to: links and the addresses of both families (RTMGRP_LINK, _IPV4_IFADDR, _IPV6_IFADDR).</summary>
    private const string MonitorGroups = "00000111";

    private static readonly InetAddress s_vip = InetAddress.Parse(Cluster.Vip);

    [Fact]
    public async Task Address_removed_behind_the_loops_back_is_put_back_and_reported()
    {
        var clock = new LoopClock();
        using var cluster = new Cluster(1, _ => new EngineOptions { TimeProvider = clock });
        using var held = new HeldLoop(cluster, clock);
        await held.BeginAsync(cluster.Configuration(0, 200) with { NoAddressLease = true });
        var host = cluster.Network[0];

        Overrun(host);
        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, s_vip, 24));
        Assert.Equal(0, cluster.Counter(0).AddressesRestored);
        await held.EndAsync();

        Eventually.True(() => host.Has(s_vip), "the address is back");
        _ = cluster.WaitForEvent(0, VrrpEventKind.AddressRestored, Cluster.Vip);
        Assert.Equal(1, cluster.Counter(0).AddressesRestored);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
    }

    [Fact]
    public async Task Source_address_lost_behind_the_loops_back_is_a_fault()
    {
        var clock = new LoopClock();
        using var cluster = new Cluster(1, _ => new EngineOptions { TimeProvider = clock });
        using var held = new HeldLoop(cluster, clock);
        await held.BeginAsync(cluster.Configuration(0, 200) with { NoAddressLease = true, VirtualAddresses = [new VirtualAddress(s_vip, 32)] });
        var host = cluster.Network[0];

        Overrun(host);
        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, host.IPv4, 24));
        await held.EndAsync();

        cluster.WaitFor(0, RouterState.Fault);
        Assert.Contains("waiting for an address to send from on eth0", cluster.State(0).FaultReason);
        Eventually.True(() => !host.Has(s_vip), "the virtual address is released");
    }

    /// <summary>Adds and removes addresses until the kernel has dropped events for the engine's own socket.</summary>
    private static void Overrun(TestHost host) => host.Netlink(netlink =>
    {
        int loopback = netlink.FindLink("lo")!.Index;
        var batch = netlink.CreateAddressBatch();
        for (int round = 0; Drops() == 0; round++)
        {
            Assert.True(round < 1000, "The kernel never dropped an event.");
            batch.Clear();
            for (int i = 1; i <= 100; i++)
            {
                batch.Replace(new AddressAssignment(loopback, InetAddress.Parse($"198.51.100.{i}"), 32));
            }

            for (int i = 1; i <= 100; i++)
            {
                batch.Delete(new AddressAssignment(loopback, InetAddress.Parse($"198.51.100.{i}"), 32));
            }

            Assert.Equal(0, batch.Commit());
        }
    });

    // The columns: sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode.
    private static long Drops() => File.ReadLines("/proc/thread-self/net/netlink").Skip(1)
        .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(static columns => columns[1] == "0" && columns[3] == MonitorGroups)
        .Select(static columns => long.Parse(columns[8], CultureInfo.InvariantCulture))
        .Single();
}
