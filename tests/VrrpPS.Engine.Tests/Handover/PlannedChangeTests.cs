using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Handover;

/// <summary>A planned change costs a client that pings every millisecond, and opens a connection every five, nothing.</summary>
[Trait("Lane", "Namespace")]
public sealed class PlannedChangeTests
{
    [Theory]
    [InlineData("stop", AddressFamily.IPv4)]
    [InlineData("suspend", AddressFamily.IPv4)]
    [InlineData("move", AddressFamily.IPv4)]
    [InlineData("preempt", AddressFamily.IPv4)]
    [InlineData("stop", AddressFamily.IPv6)]
    [InlineData("suspend", AddressFamily.IPv6)]
    [InlineData("move", AddressFamily.IPv6)]
    [InlineData("preempt", AddressFamily.IPv6)]
    public async Task No_ping_and_no_request_is_lost(string change, AddressFamily family)
    {
        using var cluster = new Cluster(3);
        var token = TestContext.Current.CancellationToken;
        string address = family == AddressFamily.IPv4 ? Cluster.Vip : Cluster.Vip6;
        bool preempts = change == "preempt";
        await cluster.StartAsync(0, cluster.Configuration(0, preempts ? 100 : 200, family));
        cluster.WaitFor(0, RouterState.Master, family);
        if (!preempts)
        {
            await cluster.StartAsync(1, cluster.Configuration(1, 150, family));
            Eventually.True(() => cluster.State(1, family).MasterPriority == 200, "the backup hears its Master");
        }

        using var tap = new WireTap(cluster.Network);
        using var client = new Client(cluster.Network[2], [address], [cluster.Network[0], cluster.Network[1]]);
        long from = Clock.Now;
        switch (change)
        {
            case "stop":
                Assert.NotNull((await cluster.StopAsync(0, family: family)).Successor);
                break;
            case "suspend":
                Assert.NotNull((await cluster.Engine(0).SuspendAsync(cluster.Key(0, family), StopOptions.Default, token)).Successor);
                break;
            case "move":
                _ = await cluster.Engine(0).MoveAsync(cluster.Key(0, family), new MoveOptions(), token);
                break;
            default:
                await cluster.StartAsync(1, cluster.Configuration(1, 150, family));
                break;
        }

        cluster.WaitFor(1, RouterState.Master, family);
        cluster.WaitForHolders(1, address);
        client.LetPass(100);
        Assert.Empty(client.LostSince(from));
        Assert.Empty(client.FailedSince(from, tap));
    }
}
