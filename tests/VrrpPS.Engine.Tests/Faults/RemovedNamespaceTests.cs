using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>A network namespace that is removed below its instances: they say so, the others go on, and nothing of it stays.</summary>
[Trait("Lane", "Namespace")]
public sealed class RemovedNamespaceTests
{
    /// <summary>The switch's end of a second cable into the host. It goes when the kernel ends the namespace at the other end, not earlier.</summary>
    private const string Canary = "canary0";

    private static readonly InetAddress s_otherVip = InetAddress.Parse("192.0.2.110");

    private const string Removed = "its network namespace was removed";

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
        Assert.Contains(Removed, StateOf(engine, "h0-4").FaultReason);
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

    [Fact]
    public async Task Name_that_goes_to_another_namespace_takes_the_old_instances_out_and_new_ones_run_in_the_new_one()
    {
        using var cluster = new Cluster(2);
        var token = TestContext.Current.CancellationToken;
        var engine = cluster.Engine(0);
        var old = cluster.Configuration(0, 200);
        var other = old with { Name = "other", VirtualRouterId = 42, VirtualAddresses = [new VirtualAddress(s_otherVip, 24)] };
        await cluster.StartAsync(0, old);
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Eventually(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");

        // The name goes, the cables stay: what is served is handed over.
        NetworkNamespace.Delete(old.NetworkNamespace!);
        WaitFor(engine, old.Name, RouterState.Fault);
        Assert.Equal([Removed], StateOf(engine, old.Name).FaultReason);
        Assert.Equal(LastEvent.NamespaceRemoved, StateOf(engine, old.Name).LastEvent);
        _ = cluster.WaitForEvent(0, VrrpEventKind.Waiting, "Restart-VrrpInstance");
        cluster.WaitFor(1, RouterState.Master);
        Assert.False(cluster.Network[0].Has(InetAddress.Parse(Cluster.Vip)));

        var none = await Assert.ThrowsAsync<VrrpException>(() => engine.StartAsync(other, token));
        Assert.Equal(ErrorIds.NamespaceNotFound, none.ErrorId);
        using var successor = NetworkNamespace.Create(old.NetworkNamespace!);
        Plug(cluster, successor);
        var twice = await Assert.ThrowsAsync<VrrpException>(() => engine.StartAsync(old, token));
        Assert.Equal((ErrorIds.InstanceExists, true), (twice.ErrorId, twice.Message.Contains("removed network namespace", StringComparison.Ordinal)));

        await engine.StartAsync(other, token);
        WaitFor(engine, other.Name, RouterState.Master);
        Assert.Contains(s_otherVip, AddressesIn(successor));
        Assert.Equal(RouterState.Fault, StateOf(engine, old.Name).State);
        Assert.Equal(2, engine.LoopCount);

        // What a restart does.
        _ = await engine.StopAsync(cluster.Key(0), StopOptions.Default, token);
        Eventually(() => engine.LoopCount == 1, "the old namespace's thread ends");
        await engine.StartAsync(old, token);
        WaitFor(engine, old.Name, RouterState.Master);
        Eventually(() => AddressesIn(successor).Contains(InetAddress.Parse(Cluster.Vip)), "the address is served in the new namespace");
        Assert.Empty(StateOf(engine, old.Name).FaultReason);
    }

    private static void Plug(Cluster cluster, NetworkNamespace host)
    {
        OnSwitch(cluster, netlink =>
        {
            netlink.CreateVethPair("again0", TestHost.InterfaceName, host);
            netlink.SetLinkUp(netlink.FindLink("again0")!.Index);
        });
        host.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            int index = netlink.FindLink(TestHost.InterfaceName)!.Index;
            netlink.AddAddress(new AddressAssignment(index, InetAddress.Parse("192.0.2.9"), 24));
            netlink.SetLinkUp(index);
        });
    }

    private static InetAddress[] AddressesIn(NetworkNamespace host) => host.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        return netlink.GetAddresses(netlink.FindLink(TestHost.InterfaceName)!.Index).Select(static info => info.Address).ToArray();
    });

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

    private static void Eventually(Func<bool> condition, string what) => VrrpPS.Engine.Tests.Support.Eventually.True(condition, what);

    private static void WaitFor(VrrpEngine engine, string name, RouterState state)
        => Eventually(() => StateOf(engine, name).State == state, $"{name} is {state}");

    private static VrrpState StateOf(VrrpEngine engine, string name) => engine.GetStates().Single(state => state.Name == name);

    private static VrrpCounter CounterOf(VrrpEngine engine, string name) => engine.GetCounters().Single(counter => counter.Name == name);
}
