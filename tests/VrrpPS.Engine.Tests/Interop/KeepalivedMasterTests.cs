using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>
/// The real keepalived as our Master, in every way that both can speak. We are on host 0, keepalived on host 1.
/// </summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedMasterTests
{
    [Theory]
    [MemberData(nameof(Ways.Rows), MemberType = typeof(Ways))]
    public async Task Keepalived_is_Master_and_we_take_over_when_it_stops(int index, string name)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = Ways.All[index];
        using var cluster = new Cluster(2);
        var vip = InetAddress.Parse(way.Vip);
        using var tap = new WireTap(cluster.Network);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200));
        _ = tap.WaitFor(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, $"keepalived advertises ({name})");
        await cluster.StartAsync(0, way.Ours(cluster, 0, 100));
        _ = tap.WaitForCount(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, 5, "advertisement of keepalived", tap.Count);
        Assert.Equal((RouterState.Backup, (int?)200), (cluster.State(0, way.Family).State, cluster.State(0, way.Family).MasterPriority));
        Assert.Empty(tap.Advertisements(0));

        keepalived.Stop();
        cluster.WaitFor(0, RouterState.Master, way.Family);
        Assert.Equal((LastEvent.MasterResigned, NewMasterReason.Priority), (cluster.State(0, way.Family).LastEvent, cluster.State(0, way.Family).NewMasterReason));
        Assert.True(cluster.Network[0].Has(vip));
        _ = tap.WaitFor(frame => frame.Host == 0 && frame.Kind is SeenKind.GratuitousArp or SeenKind.UnsolicitedNeighbor && frame.Source == vip, "we announce");
    }

    [Theory]
    [InlineData(VrrpVersion.V2, AddressFamily.IPv4)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv4)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv6)]
    public async Task Keepalived_that_dies_is_replaced_and_preempts_when_it_returns(VrrpVersion version, AddressFamily family)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer { Version = version, Family = family };
        using var cluster = new Cluster(2);
        var vip = InetAddress.Parse(way.Vip);
        using (var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200)))
        {
            Eventually.True(() => cluster.Network[1].Has(vip), "keepalived is Master");
            await cluster.StartAsync(0, way.Ours(cluster, 0, 100));
            Eventually.True(() => cluster.State(0, family).MasterPriority == 200, "we hear it");
            keepalived.Kill();
        }

        cluster.WaitFor(0, RouterState.Master, family);
        Assert.True(cluster.Network[1].Has(vip), "what README says of keepalived: the killed process left its address behind");
        Assert.Equal((LastEvent.MasterTimeout, NewMasterReason.NoResponse), (cluster.State(0, family).LastEvent, cluster.State(0, family).NewMasterReason));

        using var tap = new WireTap(cluster.Network);
        using var again = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200));
        cluster.WaitFor(0, RouterState.Backup, family);
        Assert.Equal(LastEvent.HigherPriorityBackup, cluster.State(0, family).LastEvent);
        Eventually.True(() => !cluster.Network[0].Has(vip), "we release when keepalived serves");
        Assert.True(cluster.Network[1].Has(vip));
    }
}
