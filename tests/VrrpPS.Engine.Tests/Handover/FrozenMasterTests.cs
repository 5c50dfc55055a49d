using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Handover;

/// <summary>A Master's process that stands still for a while, beside a Backup and a client that pings every millisecond.</summary>
[Trait("Lane", "Namespace")]
public sealed class FrozenMasterTests
{
    private static readonly InetAddress s_vip = InetAddress.Parse(Cluster.Vip);

    [Fact]
    public async Task Stall_shorter_than_the_down_interval_costs_no_outage()
    {
        // Down interval 1.5 s and more; the stall is 0.7 s and the lease 2 s.
        using var cluster = new Cluster(3);
        using var process = EngineProcess.Start(cluster.Network[0], 200, 50, lease: 0);
        process.WaitFor("-> Master");
        await StartBackup(cluster, centiseconds: 50);
        using var monitor = cluster.Network[0].Run(NetlinkMonitor.Open);
        using var tap = new WireTap(cluster.Network);
        using var client = new Client(cluster.Network[2], Cluster.Vip);
        long from = Clock.Now;

        process.Freeze();
        client.LetPass(700);
        int mark = tap.Count;
        process.Thaw();
        Assert.SkipUnless(Clock.Now - from < 1400 * Clock.Millisecond, "this machine stood still longer than the stall was to be");
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, "the Master advertises again", mark);

        Assert.Empty(client.LostSince(from));
        Assert.Equal(RouterState.Backup, cluster.State(1).State);
        Assert.DoesNotContain(cluster.Engine(1).GetHistory(), static transition => transition.ToState == RouterState.Master);
        while (monitor.TryRead(out var change))
        {
            Assert.NotEqual(NetlinkChangeKind.AddressRemoved, change.Kind);
        }
    }

    [Fact]
    public async Task Address_that_expired_in_a_stall_is_back_at_once_when_nobody_took_over()
    {
        // Down interval 6 s and more, but the lease is only 2 s.
        using var cluster = new Cluster(3);
        using var process = EngineProcess.Start(cluster.Network[0], 200, 200, lease: 2);
        process.WaitFor("-> Master");
        await StartBackup(cluster, centiseconds: 200);
        using var client = new Client(cluster.Network[2], Cluster.Vip);
        process.Freeze();
        Eventually.True(() => !cluster.Network[0].Has(s_vip), "the lease ends");
        long resumed = Clock.Now;
        process.Thaw();
        Eventually.True(() => cluster.Network[0].Has(s_vip), "the address is back");
        client.LetPass(300);

        // What is lost until the process runs again is the stall's.
        Assert.DoesNotContain(client.LostSince(resumed), at => at > resumed + (200 * Clock.Millisecond));
        Assert.DoesNotContain(cluster.Engine(1).GetHistory(), static transition => transition.ToState == RouterState.Master);
    }

    [Fact]
    public async Task Frozen_Master_rejoins_silently_and_preempts_without_a_loss()
    {
        using var cluster = new Cluster(3);
        using var process = EngineProcess.Start(cluster.Network[0], 200, 20, lease: 0);
        process.WaitFor("-> Master");
        await StartBackup(cluster, centiseconds: 20);
        process.Freeze();
        cluster.WaitFor(1, RouterState.Master);
        Eventually.True(() => !cluster.Network[0].Has(s_vip), "the lease ends");
        using var client = new Client(cluster.Network[2], Cluster.Vip);
        using var tap = new WireTap(cluster.Network);
        long resumed = Clock.Now;
        int mark = process.Count;

        process.Thaw();
        process.WaitFor("Master -> Backup (LeaseLost)", mark);
        process.WaitFor("-> Master", mark);
        cluster.WaitFor(1, RouterState.Backup);
        cluster.WaitForHolders(1);
        client.LetPass(100);

        Assert.Empty(client.LostSince(resumed));
        var frames = tap.Frames.Where(static frame => frame.Kind == SeenKind.Advertisement).ToList();
        int first = frames.FindIndex(static frame => frame.Host == 0);
        Assert.True(first >= 2, "the Master of the meantime advertised on until it was preempted");
        Assert.Equal(200, frames[first].Priority);
        Assert.True(cluster.Network[0].Has(s_vip));
    }

    private static async Task StartBackup(Cluster cluster, ushort centiseconds)
    {
        await cluster.StartAsync(1, cluster.Configuration(1, 100) with { AdvertisementInterval = new Interval(centiseconds) });
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");
    }
}
