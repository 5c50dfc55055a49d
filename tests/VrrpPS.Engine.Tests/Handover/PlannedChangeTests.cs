using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Handover;

/// <summary>A planned change costs a client that pings every millisecond nothing.</summary>
[Trait("Lane", "Namespace")]
public sealed class PlannedChangeTests
{
    [Theory]
    [InlineData("stop")]
    [InlineData("suspend")]
    [InlineData("move")]
    [InlineData("preempt")]
    public async Task No_ping_is_lost(string change)
    {
        using var cluster = new Cluster(3);
        var token = TestContext.Current.CancellationToken;
        bool preempts = change == "preempt";
        await cluster.StartAsync(0, cluster.Configuration(0, preempts ? 100 : 200));
        cluster.WaitFor(0, RouterState.Master);
        if (!preempts)
        {
            await cluster.StartAsync(1, cluster.Configuration(1, 150));
            Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");
        }

        using var client = new Client(cluster.Network[2], Cluster.Vip);
        long from = Clock.Now;
        switch (change)
        {
            case "stop":
                Assert.NotNull((await cluster.StopAsync(0)).Successor);
                break;
            case "suspend":
                Assert.NotNull((await cluster.Engine(0).SuspendAsync(cluster.Key(0), StopOptions.Default, token)).Successor);
                break;
            case "move":
                _ = await cluster.Engine(0).MoveAsync(cluster.Key(0), new MoveOptions(), token);
                break;
            default:
                await cluster.StartAsync(1, cluster.Configuration(1, 150));
                break;
        }

        cluster.WaitFor(1, RouterState.Master);
        cluster.WaitForHolders(1);
        client.LetPass(100);
        Assert.Empty(client.LostSince(from));
    }
}
