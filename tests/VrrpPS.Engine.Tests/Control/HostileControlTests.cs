using System.Diagnostics;
using VrrpPS.Engine.Tests.Hostile;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Control;

/// <summary>A local user who means no good, on the node that is Master.</summary>
[Trait("Lane", "Namespace")]
[Collection(FloodCollection.Name)]
public sealed class HostileControlTests(ITestOutputHelper output)
{
    private static readonly string[] s_kinds = ["garbage", "garbage", "hold", "deaf"];

    [Fact]
    public async Task A_crowd_of_hostile_clients_does_not_disturb_the_election_nor_keep_root_out()
    {
        RequiresRoot.OrSkip();
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(10) });
        await cluster.StartAsync(1, cluster.Configuration(1, 100) with { AdvertisementInterval = new Interval(10) });
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(1, static state => state is { State: RouterState.Backup, MasterPriority: 200 }, "host 1 hears the Master");
        await using var bench = new ControlBench(engine: cluster.Engine(0));
        long before = Transitions(cluster);
        using var control = new StallControl();

        Process[] crowd = [.. s_kinds.Select(kind => TestProcess.StartAs(ForeignClient.Nobody, "pester", bench.Path, kind))];
        int asked = 0;
        try
        {
            Eventually.True(() => bench.Server.RefusedCount > 100, () => $"the crowd is refused by the hundred, not {bench.Server.RefusedCount} times with {bench.Server.ClientCount} connections");
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(3))
            {
                Assert.Equal(1, (await bench.ResultAsync("state")).GetProperty("states").GetArrayLength());
                asked++;
            }
        }
        finally
        {
            foreach (var process in crowd)
            {
                process.Kill();
                process.WaitForExit();
                process.Dispose();
            }
        }

        output.WriteLine($"{bench.Server.RefusedCount} refused, root was answered {asked} times, the machine stood still for {control.Longest.TotalMilliseconds:0} ms at most");
        Assert.SkipWhen(control.Longest > TimeSpan.FromMilliseconds(250) && Transitions(cluster) != before, "the machine stood still for longer than a Master may");
        Assert.Equal(before, Transitions(cluster));
        Assert.True(asked > 2, $"Root was answered {asked} times.");
    }

    private static long Transitions(Cluster cluster) => cluster.State(0).TransitionCount + cluster.State(1).TransitionCount;
}
