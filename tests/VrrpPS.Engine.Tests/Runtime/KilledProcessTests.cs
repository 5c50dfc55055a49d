using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>A Master's process that is killed or frozen: nobody has to clean up after it.</summary>
[Trait("Lane", "Namespace")]
public sealed class KilledProcessTests
{
    private static readonly InetAddress s_vip = InetAddress.Parse(Cluster.Vip);

    [Fact]
    public void Killed_process_with_its_guard_alive_loses_the_address_long_before_its_lease_ends()
    {
        using var network = TestNetwork.Create(1);

        // With a lease of an hour only the guard can have done it.
        using var process = EngineProcess.Start(network[0], 200, 10, lease: 3600);
        process.WaitFor("-> Master");
        Assert.True(network[0].Has(s_vip));
        Assert.NotEmpty(process.Children());
        process.Kill();
        Eventually.True(() => !network[0].Has(s_vip), "the guard removes the address", TimeSpan.FromSeconds(5));
        Assert.True(network[0].Has(network[0].IPv4));
    }

    [Fact]
    public async Task Killed_with_its_guard_the_address_is_gone_by_its_lease_before_the_successor_has_it()
    {
        using var cluster = new Cluster(2);
        using var process = EngineProcess.Start(cluster.Network[0], 255 - 1, 100, lease: 0);
        process.WaitFor("-> Master");
        await cluster.StartAsync(1, cluster.Configuration(1, 253) with { AdvertisementInterval = Interval.OneSecond });
        Eventually.True(() => cluster.State(1).MasterPriority == 254, "the backup hears its Master");
        // The kernel tells whole seconds of what is left, and a renewal may be due.
        Assert.InRange(cluster.Network[0].GetAddresses().Single(static info => info.Address == s_vip).ValidLifetime, 1u, 2u);
        using var lost = cluster.Network[0].Run(NetlinkMonitor.Open);
        using var taken = cluster.Network[1].Run(NetlinkMonitor.Open);

        foreach (int guard in process.Children())
        {
            // With all that it has started: a guard leads a session of its own.
            Assert.Equal(0, SpawnNative.Kill(-guard, SpawnNative.SIGKILL));
        }

        process.Kill();
        _ = Eventually.Change(lost, static change => change.Kind == NetlinkChangeKind.AddressRemoved && change.Address.Address == s_vip, "the lease ends");
        Assert.False(cluster.Network[1].Has(s_vip), "the successor had the address before the dead node's lease ended");
        _ = Eventually.Change(taken, static change => change.Kind == NetlinkChangeKind.AddressAdded && change.Address.Address == s_vip, "the successor has it");
        cluster.WaitFor(1, RouterState.Master);
        Assert.Equal(NewMasterReason.NoResponse, cluster.State(1).NewMasterReason);
        Assert.True(cluster.Network[0].Has(cluster.Network[0].IPv4), "the host's own address survives the expired lease");
    }

    [Fact]
    public async Task Frozen_process_loses_the_address_and_yields_when_it_thaws()
    {
        using var cluster = new Cluster(2);
        using var process = EngineProcess.Start(cluster.Network[0], 100, 20, lease: 0);
        process.WaitFor("-> Master");
        await cluster.StartAsync(1, cluster.Configuration(1, 100) with { AdvertisementInterval = new Interval(20), Preempt = false });
        Eventually.True(() => cluster.State(1).MasterAddress == cluster.Network[0].IPv4.ToString(), "the backup hears its Master");
        process.Freeze();
        cluster.WaitFor(1, RouterState.Master);
        Eventually.True(() => !cluster.Network[0].Has(s_vip), "the lease ends");
        using var tap = new WireTap(cluster.Network);
        process.Thaw();
        process.WaitFor("Master -> Backup (LeaseLost)");
        Assert.False(cluster.Network[0].Has(s_vip));
        _ = tap.WaitForCount(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, 3, "advertisement of the new Master");
        Assert.Empty(tap.Advertisements(0));
        Assert.Equal(RouterState.Master, cluster.State(1).State);
    }

    [Fact]
    public void Frozen_process_that_nobody_replaced_takes_the_address_back()
    {
        using var network = TestNetwork.Create(1);
        using var process = EngineProcess.Start(network[0], 200, 20, lease: 0);
        process.WaitFor("-> Master");
        process.Freeze();
        Eventually.True(() => !network[0].Has(s_vip), "the lease ends");
        int mark = process.Count;
        process.Thaw();
        process.WaitFor("-> Master", mark);
        Assert.True(network[0].Has(s_vip));
    }
}
