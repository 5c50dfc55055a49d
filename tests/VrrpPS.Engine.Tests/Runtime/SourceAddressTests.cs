using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>The address to send from, chosen and changed while the instance runs; peers that are required; a delay after boot.</summary>
[Trait("Lane", "Namespace")]
public sealed class SourceAddressTests
{
    private static readonly InetAddress s_second = InetAddress.Parse("192.0.2.61");

    [Fact]
    public async Task Multicast_is_sent_from_the_chosen_address_which_may_change_and_whose_loss_is_a_fault()
    {
        using var cluster = new Cluster(1);
        using var tap = new WireTap(cluster.Network);
        var host = cluster.Network[0];
        AddSecond(host);
        var configuration = cluster.Configuration(0, 200) with { SourceAddress = s_second };
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Master);
        _ = tap.WaitFor(static frame => frame.Kind == SeenKind.Advertisement && frame.Source == s_second, "the chosen address speaks");
        Assert.All(tap.Advertisements(0), static frame => Assert.Equal(s_second, frame.Source));

        await cluster.ApplyAsync(0, configuration with { SourceAddress = null });
        _ = tap.WaitFor(frame => frame.Kind == SeenKind.Advertisement && frame.Source == host.IPv4, "the interface's own address speaks");
        await cluster.ApplyAsync(0, configuration);
        int mark = tap.Count;
        _ = tap.WaitFor(static frame => frame.Kind == SeenKind.Advertisement && frame.Source == s_second, "the chosen address speaks again", mark);
        Assert.Single(cluster.Engine(0).GetHistory(), static transition => transition.ToState == RouterState.Master);

        host.Netlink(netlink => netlink.DeleteAddress(host.InterfaceIndex, s_second, 24));
        cluster.WaitFor(0, static state => state.State == RouterState.Fault && state.FaultReason.ToString().Contains("address to send from", StringComparison.Ordinal), "a fault that names it");
        Assert.False(host.Has(InetAddress.Parse(Cluster.Vip)));
        AddSecond(host);
        cluster.WaitFor(0, RouterState.Master);
    }

    [Fact]
    public async Task Unicast_goes_on_when_the_source_changes_to_another_address_that_the_peer_knows()
    {
        using var cluster = new Cluster(2);
        var (one, two) = (cluster.Network[0], cluster.Network[1]);
        AddSecond(one);
        var master = cluster.Configuration(0, 200) with { UnicastPeers = [two.IPv4], SourceAddress = one.IPv4 };
        await cluster.StartAsync(0, master);
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100) with { UnicastPeers = [one.IPv4, s_second] });
        cluster.WaitFor(1, state => state.MasterAddress == one.IPv4.ToString(), "the first address is heard");
        await cluster.ApplyAsync(0, master with { SourceAddress = s_second });
        cluster.WaitFor(1, static state => state is { State: RouterState.Backup } && state.MasterAddress == s_second.ToString(), "the second address is heard");
        Assert.Equal(0, cluster.Counter(1).MasterTransitions);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
    }

    [Fact]
    public async Task Without_a_peer_an_instance_that_requires_one_is_in_fault_until_it_gets_one()
    {
        using var cluster = new Cluster(1);
        using var tap = new WireTap(cluster.Network);
        var configuration = cluster.Configuration(0, 200) with { RequireUnicastPeer = true };
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, static state => state.State == RouterState.Fault && state.FaultReason.ToString().Contains("unicast peers are required", StringComparison.Ordinal), "a fault that names it");
        await cluster.ApplyAsync(0, configuration with { UnicastPeers = [InetAddress.Parse("192.0.2.77")] });
        cluster.WaitFor(0, RouterState.Master);
        await cluster.ApplyAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Fault);
        Assert.DoesNotContain(tap.Advertisements(0), static frame => frame.Bytes[0] == 1);
    }

    [Theory]
    [InlineData(0, 0, 100, 0)]
    [InlineData(0, 60, 20, 40)]
    [InlineData(0, 60, 60, 0)]
    [InlineData(50, 60, 20, 50)]
    [InlineData(5, 60, 20, 40)]
    [InlineData(5, 60, 500, 5)]
    public void The_longer_of_the_delays_after_start_and_after_boot_counts(int start, int boot, int up, int expected)
    {
        using var cluster = new Cluster(1);
        var configuration = cluster.Configuration(0, 200) with { StartupDelay = TimeSpan.FromSeconds(start), DelayAfterBoot = TimeSpan.FromSeconds(boot) };
        Assert.Equal(expected * Instant.NanosecondsPerSecond, RouterHost.StartupDelayOf(configuration, new Instant(up * Instant.NanosecondsPerSecond)));
    }

    private static void AddSecond(TestHost host)
        => host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, s_second, 24)));
}
