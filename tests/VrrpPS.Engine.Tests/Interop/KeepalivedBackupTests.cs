using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>
/// The real keepalived as our Backup, in every way that both can speak. We are on host 0, keepalived on host 1; what it does is
/// read from the wire and from the addresses of its host.
/// </summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedBackupTests
{
    [Theory]
    [MemberData(nameof(Ways.Rows), MemberType = typeof(Ways))]
    public async Task We_are_Master_hand_over_and_preempt(int index, string name)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = Ways.All[index];
        using var cluster = new Cluster(2);
        var vip = InetAddress.Parse(way.Vip);
        await cluster.StartAsync(0, way.Ours(cluster, 0, 200));
        cluster.WaitFor(0, RouterState.Master, way.Family);
        using var tap = new WireTap(cluster.Network);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 100));

        // It follows us: for longer than its down interval nothing is heard of it.
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 5, $"advertisement of ours ({name})", tap.Count);
        Assert.Empty(tap.Advertisements(1));
        Assert.False(cluster.Network[1].Has(vip));

        // Stopped, we serve until it has announced the address: at no time does nobody have it.
        var outcome = await cluster.StopAsync(0, StopOptions.Default, way.Family);
        Assert.True(outcome.WasMaster);
        Assert.NotNull(outcome.Successor);
        Assert.True(Ways.HasAnywhere(cluster.Network[1], vip), $"keepalived has the address when we have released it: {keepalived.Log}");
        Assert.False(cluster.Network[0].Has(vip));
        _ = tap.WaitFor(frame => frame.Host == 1 && frame.Kind is SeenKind.GratuitousArp or SeenKind.UnsolicitedNeighbor && frame.Source == vip, "keepalived announces");
        Assert.Single(tap.Advertisements(0), static frame => frame.Priority == 0);

        // And back.
        await cluster.StartAsync(0, way.Ours(cluster, 0, 200));
        cluster.WaitFor(0, RouterState.Master, way.Family);
        Assert.Equal(NewMasterReason.Preempted, cluster.State(0, way.Family).NewMasterReason);
        Eventually.True(() => !Ways.HasAnywhere(cluster.Network[1], vip), "keepalived has given the address up");
        Assert.True(cluster.Network[0].Has(vip));
    }
}
