using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>A network namespace that is removed below its instances: they say so, the others go on, and nothing of it stays.</summary>
[Trait("Lane", "Namespace")]
public sealed class RemovedNamespaceTests
{
    /// <summary>The switch's end of a second cable into the host. It goes when the kernel ends the namespace at the other end, not earlier.</summary>
    private const string Canary = "canary0";

    [Fact]
    public async Task Instance_faults_the_other_namespace_goes_on_and_the_kernel_ends_what_was_removed()
    {
        using var cluster = new Cluster(2);
        var token = TestContext.Current.CancellationToken;
        var engine = cluster.Engine(0);
        AddCanary(cluster);
        await engine.StartAsync(cluster.Configuration(0, 200), token);
        WaitFor(engine, "h0-4", RouterState.Master);
        await engine.StartAsync(cluster.Configuration(1, 100), token);
        Assert.Equal(2, engine.LoopCount);

        // As "ip netns delete" does when nothing else holds the namespace: the name and the cables go.
        NetworkNamespace.Delete(cluster.Network[0].NamespaceName);
        OnSwitch(cluster, static netlink => netlink.DeleteLink(netlink.FindLink("port0")!.Index));

        WaitFor(engine, "h0-4", RouterState.Fault);
        Eventually(() => StateOf(engine, "h0-4").FaultReason.Contains("waiting for interface eth0 to appear"), "the interface is missed");
        WaitFor(engine, "h1-4", RouterState.Master);
        long sent = CounterOf(engine, "h1-4").AdvertisementSent;
        Eventually(() => CounterOf(engine, "h1-4").AdvertisementSent > sent + 3, "the other namespace's instance advertises on");

        var outcome = await engine.StopAsync(cluster.Key(0), StopOptions.Default, token);
        Assert.False(outcome.WasMaster);
        Eventually(() => engine.LoopCount == 1, "the removed namespace's thread ends");
        Assert.Equal(RouterState.Master, StateOf(engine, "h1-4").State);

        // The test's own handle is the last one that may still hold it.
        Assert.True(HasCanary(cluster));
        cluster.Network[0].Namespace.Dispose();
        Eventually(() => !HasCanary(cluster), "the kernel ends the namespace: no thread, socket, process or handle holds it any more");
    }

    private static void AddCanary(Cluster cluster) => OnSwitch(
        cluster, netlink => netlink.CreateVethPair(Canary, "canary1", cluster.Network[0].Namespace));

    private static bool HasCanary(Cluster cluster)
    {
        bool has = false;
        OnSwitch(cluster, netlink => has = netlink.FindLink(Canary) is not null);
        return has;
    }

    private static void OnSwitch(Cluster cluster, Action<RouteNetlink> action) => cluster.Network.Switch.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        action(netlink);
    });

    private static void Eventually(Func<bool> condition, string what) => Support.Eventually.True(condition, what);

    private static void WaitFor(VrrpEngine engine, string name, RouterState state)
        => Eventually(() => StateOf(engine, name).State == state, $"{name} is {state}");

    private static VrrpState StateOf(VrrpEngine engine, string name) => engine.GetStates().Single(state => state.Name == name);

    private static VrrpCounter CounterOf(VrrpEngine engine, string name) => engine.GetCounters().Single(counter => counter.Name == name);
}
