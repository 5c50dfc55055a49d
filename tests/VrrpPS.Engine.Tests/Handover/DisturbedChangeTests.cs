using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Faults;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Handover;

/// <summary>Planned changes with a frame lost at the worst moment, with a reason of their own, or with many addresses: still nothing is lost.</summary>
[Trait("Lane", "Namespace")]
public sealed class DisturbedChangeTests
{
    [Theory]
    [InlineData("ip protocol 112 @th,16,8 0", 100)]
    [InlineData("ip saddr 192.0.2.2 ip protocol 112", 1)]
    [InlineData("oifname port0 ether type arp arp saddr ip 192.0.2.100", 100)]
    public async Task Lost_resignation_first_advertisement_or_announcements_to_the_old_Master_cost_no_ping_and_no_request(string match, int count)
    {
        using var cluster = new Cluster(3);
        await StartPairAsync(cluster);
        using var tap = new WireTap(cluster.Network);
        using var client = StartClient(cluster);
        using var loss = Loss.OfFirst(cluster.Network, count, match);
        long from = Clock.Now;
        _ = await cluster.StopAsync(0);
        cluster.WaitFor(1, RouterState.Master);
        cluster.WaitForHolders(1);
        client.LetPass(100);
        Assert.True(loss.Dropped > 0, "the frame was never sent");
        AssertNothingLost(client, tap, from);
    }

    [Fact]
    public async Task Tracked_interface_that_fails_and_returns_costs_no_ping_and_no_request()
    {
        using var cluster = new Cluster(3);
        var host = cluster.Network[0];
        host.Netlink(static netlink =>
        {
            netlink.CreateVethPair("uplink0", "uplink1");
            netlink.SetLinkUp(netlink.FindLink("uplink0")!.Index);
            netlink.SetLinkUp(netlink.FindLink("uplink1")!.Index);
        });
        await StartPairAsync(cluster, static configuration => configuration with { TrackInterfaces = ["uplink0"] });
        using var tap = new WireTap(cluster.Network);
        using var client = StartClient(cluster);
        long from = Clock.Now;

        host.Netlink(static netlink => netlink.SetLinkDown(netlink.FindLink("uplink0")!.Index));
        cluster.WaitFor(0, RouterState.Fault);
        cluster.WaitFor(1, RouterState.Master);
        cluster.WaitForHolders(1);
        host.Netlink(static netlink => netlink.SetLinkUp(netlink.FindLink("uplink0")!.Index));
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitForHolders(1);
        client.LetPass(100);
        AssertNothingLost(client, tap, from);
    }

    [Fact]
    public async Task Better_node_that_returns_without_preempting_costs_nothing_and_stays_out()
    {
        using var cluster = new Cluster(3);
        await StartPairAsync(cluster);
        using var tap = new WireTap(cluster.Network);
        using var client = StartClient(cluster);
        long from = Clock.Now;
        _ = await cluster.StopAsync(0);
        cluster.WaitFor(1, RouterState.Master);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { Preempt = false });
        cluster.WaitFor(0, static state => state is { State: RouterState.Backup, MasterPriority: 150 }, "the better node follows the worse one");
        cluster.WaitForHolders(1);
        client.LetPass(500);
        Assert.Equal((RouterState.Backup, RouterState.Master), (cluster.State(0).State, cluster.State(1).State));
        AssertNothingLost(client, tap, from);
    }

    [Fact]
    public async Task Without_a_successor_the_address_is_served_until_the_bound_and_no_longer()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        using var client = new Client(cluster.Network[1], Cluster.Vip);
        long from = Clock.Now;
        var outcome = await cluster.StopAsync(0, new StopOptions { HandoverTimeout = TimeSpan.FromSeconds(1) });
        Assert.Null(outcome.Successor);
        Assert.Equal(0, cluster.Holders());
        Assert.DoesNotContain(client.LostSince(from), at => at < from + (990 * Clock.Millisecond));
    }

    [Fact]
    public async Task Two_hundred_addresses_change_hands_without_a_lost_ping()
    {
        const int count = 200;
        using var cluster = new Cluster(3);
        string[] addresses = [.. Enumerable.Range(1, count).Select(static i => $"192.0.3.{i}")];
        foreach (var host in cluster.Network.Hosts)
        {
            var (exitCode, output) = host.Execute("/usr/sbin/ip", string.Empty, "route", "add", "192.0.3.0/24", "dev", TestHost.InterfaceName);
            Assert.True(exitCode == 0, output);
        }

        await StartPairAsync(cluster, configuration => configuration with
        {
            VirtualAddresses = [.. addresses.Select(static address => new VirtualAddress(InetAddress.Parse(address), 32))],
        });
        using var tap = new WireTap(cluster.Network);
        using var client = new Client(cluster.Network[2], addresses, [cluster.Network[0], cluster.Network[1]]);

        // One round of all addresses first: who has never resolved one asks for it in the middle of the change.
        client.LetPass(2 * count);
        long from = Clock.Now;
        Assert.NotNull((await cluster.StopAsync(0)).Successor);
        cluster.WaitFor(1, RouterState.Master);
        Assert.Equal(count, cluster.Network[1].GetAddresses().Count(static info => info.Protocol == AddressProtocol.VrrpPS));
        Assert.DoesNotContain(cluster.Network[0].GetAddresses(), static info => info.Protocol == AddressProtocol.VrrpPS);
        client.LetPass(count);
        AssertNothingLost(client, tap, from);
    }

    private static async Task StartPairAsync(Cluster cluster, Func<InstanceConfiguration, InstanceConfiguration>? change = null)
    {
        change ??= static configuration => configuration;
        await cluster.StartAsync(0, change(cluster.Configuration(0, 200)));
        cluster.WaitFor(0, RouterState.Master);

        // What only the first node has, the second one does not track.
        await cluster.StartAsync(1, change(cluster.Configuration(1, 150)) with { TrackInterfaces = [] });
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");
    }

    private static Client StartClient(Cluster cluster) => new(cluster.Network[2], [Cluster.Vip], [cluster.Network[0], cluster.Network[1]]);

    private static void AssertNothingLost(Client client, WireTap tap, long from)
    {
        Assert.Empty(client.LostSince(from));
        Assert.Empty(client.FailedSince(from, tap));
    }
}
