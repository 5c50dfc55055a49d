using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Sync groups of two nodes with two interfaces each: whatever happens to one member, both move.</summary>
[Trait("Lane", "Namespace")]
public sealed class SyncGroupTests
{
    [Fact]
    public async Task Both_move_and_come_back()
    {
        using var cluster = new Cluster(2);
        SecondLink.AddTo(cluster.Network);
        await SyncPair.StartAsync(cluster, 0, 200);
        await SyncPair.StartAsync(cluster, 1, 100);
        SyncPair.WaitForMaster(cluster, 0, isMaster: true);
        SyncPair.WaitForMaster(cluster, 1, isMaster: false);

        SecondLink.Set(cluster.Network, 0, up: false);
        SyncPair.WaitForMaster(cluster, 1, isMaster: true);
        Eventually.True(() => SyncPair.State(cluster, 0, "first").State == RouterState.Fault, "the other member is in Fault");
        var held = SyncPair.State(cluster, 0, "first");
        Assert.Equal("both", held.SyncGroup);
        Assert.Equal("sync group both: member second is in Fault: interface eth1 is down or has no carrier", Assert.Single(held.FaultReason));

        SecondLink.Set(cluster.Network, 0, up: true);
        SyncPair.WaitForMaster(cluster, 0, isMaster: true);
        SyncPair.WaitForMaster(cluster, 1, isMaster: false);

        var token = TestContext.Current.CancellationToken;
        await cluster.Engine(0).SuspendAsync(SyncPair.Key(cluster, 0, "first"), StopOptions.Default, token);
        SyncPair.WaitForMaster(cluster, 1, isMaster: true);
        Eventually.True(() => SyncPair.State(cluster, 0, "second").FaultReason.Contains("sync group both: member first is suspended"), "the reason is told");
        await cluster.Engine(0).ResumeAsync(SyncPair.Key(cluster, 0, "first"), token);
        SyncPair.WaitForMaster(cluster, 0, isMaster: true);

        await cluster.Engine(0).MoveAsync(SyncPair.Key(cluster, 0, "second"), new MoveOptions(), token);
        SyncPair.WaitForMaster(cluster, 1, isMaster: true);
        Assert.All(cluster.Engine(0).GetStates(), static state => Assert.True(state.Held));
        await cluster.Engine(0).ResumeAsync(SyncPair.Key(cluster, 0, "first"), token);
        SyncPair.WaitForMaster(cluster, 0, isMaster: true);

        // Without a group each is for itself again.
        var alone = cluster.Engine(0).GetConfigurations().Single(static c => c.Name == "first") with { SyncGroup = null };
        await cluster.ApplyAsync(0, alone);
        SecondLink.Set(cluster.Network, 0, up: false);
        Eventually.True(() => SyncPair.State(cluster, 0, "second").State == RouterState.Fault, "the second is in Fault");
        Assert.Equal(RouterState.Master, SyncPair.State(cluster, 0, "first").State);
    }
}
