using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>The real keepalived in version 2 (host 1), a node of ours that speaks both (host 0), and one of version 3 (host 2).</summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedVersion2Tests
{
    [Fact]
    [Conformance("9568-8.4.2-1", Polarity.Required)]
    [Conformance("9568-8.4.2-2", Polarity.Required)]
    public async Task Migration_from_keepalived_in_version_2_passes_the_role_on_in_both_directions()
    {
        KeepalivedProcess.RequireOrSkip();
        var vip = InetAddress.Parse(Cluster.Vip);
        var old = new Peer { Version = VrrpVersion.V2 };
        using var cluster = new Cluster(3);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], old.Keepalived(cluster.Network, 1, 150));
        Eventually.True(() => cluster.Network[1].Has(vip), "keepalived is Master");
        var both = new Peer().Ours(cluster, 0, 100) with { Version2Compatibility = true };
        await cluster.StartAsync(0, both);
        cluster.WaitFor(0, state => state.MasterAddress == cluster.Network[1].IPv4.ToString(), "version 2 is followed");
        Assert.True(cluster.State(0).MasterDownInterval > TimeSpan.FromSeconds(3));

        await cluster.ApplyAsync(0, both with { Priority = 200 });
        cluster.WaitFor(0, RouterState.Master);
        Eventually.True(() => !cluster.Network[1].Has(vip), "keepalived has yielded");
        await cluster.StartAsync(2, new Peer().Ours(cluster, 2, 50));
        cluster.WaitFor(2, state => state.State == RouterState.Backup && state.MasterAddress == cluster.Network[0].IPv4.ToString(), "version 3 follows");
        using var tap = new WireTap(cluster.Network);
        _ = tap.WaitForCount(static frame => Version2CompatibilityTests.Is(frame, 0, VrrpVersion.V2), 20, "advertisement in version 2");
        Assert.Empty(tap.Advertisements(1));
        Assert.Empty(tap.Advertisements(2));
        Assert.Equal(1, cluster.Holders());

        _ = await cluster.StopAsync(2);
        await cluster.ApplyAsync(0, both with { Priority = 50 });
        Eventually.True(() => cluster.Network[1].Has(vip), "keepalived has the role back");
        cluster.WaitFor(0, RouterState.Backup);
    }
}
