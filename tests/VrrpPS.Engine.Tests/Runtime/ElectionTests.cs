using Xunit;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Tests.Runtime;

[Trait("Lane", "Namespace")]
public sealed class ElectionTests
{
    [Fact]
    public async Task The_highest_priority_serves_alone_and_the_next_takes_over_when_it_stops()
    {
        using var cluster = new Cluster(3);
        for (int host = 0; host < 3; host++)
        {
            await cluster.StartAsync(host, cluster.Configuration(host, 200 - (host * 50)));
        }

        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(1, RouterState.Backup);
        cluster.WaitFor(2, RouterState.Backup);
        Assert.Equal(1, cluster.Holders());
        Eventually.True(() => cluster.State(1).MasterPriority == 200 && cluster.State(2).MasterPriority == 200, "both backups hear the Master");
        Assert.Equal(cluster.Network[0].IPv4.ToString(), cluster.State(1).MasterAddress);
        Assert.Equal(200, cluster.State(2).MasterPriority);

        var outcome = await cluster.Engine(0).StopAsync(cluster.Key(0), StopOptions.Default, TestContext.Current.CancellationToken);
        Assert.True(outcome.WasMaster);
        Assert.Equal(cluster.Network[1].IPv4.ToString(), outcome.Successor);
        cluster.WaitFor(1, RouterState.Master);
        Assert.Equal(NewMasterReason.Priority, cluster.State(1).NewMasterReason);
        Assert.Equal(LastEvent.MasterResigned, cluster.State(1).LastEvent);
        Assert.Equal(1, cluster.Holders());

        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(1, RouterState.Backup);
        Assert.Equal(NewMasterReason.Preempted, cluster.State(0).NewMasterReason);
    }
}
