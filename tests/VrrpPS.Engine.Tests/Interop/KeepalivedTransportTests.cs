using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>A multicast group of one's own and TTL windows, with keepalived on the other side.</summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedTransportTests
{
    [Theory]
    [InlineData(AddressFamily.IPv4, "224.0.0.99")]
    [InlineData(AddressFamily.IPv6, "ff02::99")]
    public async Task Group_of_ones_own_elects_with_keepalived_and_the_standard_group_is_not_heard(AddressFamily family, string group)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer { Family = family };
        using var cluster = new Cluster(2);
        using var tap = new WireTap(cluster.Network);
        string text = way.Keepalived(cluster.Network, 1, 200).Replace(
            "    router_id test", $"    router_id test\n    vrrp_mcast_group{(family == AddressFamily.IPv4 ? 4 : 6)} {group}", StringComparison.Ordinal);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], text);
        Eventually.True(() => cluster.Network[1].Has(InetAddress.Parse(way.Vip)), "keepalived is Master");

        var ours = way.Ours(cluster, 0, 100) with { MulticastGroup = InetAddress.Parse(group) };
        await cluster.StartAsync(0, ours);
        cluster.WaitFor(0, static state => state is { State: RouterState.Backup, MasterAddress: not null }, "keepalived is heard", family);

        // It hears us as well: with a higher priority we take over, and it releases the address.
        await cluster.ApplyAsync(0, ours with { Priority = 220 });
        cluster.WaitFor(0, RouterState.Master, family);
        Eventually.True(() => !cluster.Network[1].Has(InetAddress.Parse(way.Vip)), "keepalived yields");
        byte[] mac = new byte[6];
        InetAddress.Parse(group).ToMulticastMac().Write(mac);
        Assert.All(tap.Advertisements(0), frame => Assert.Equal(mac, frame.Bytes[..6]));

        // Back in the standard group nobody is heard, and nobody hears us.
        await cluster.ApplyAsync(0, ours);
        cluster.WaitFor(0, RouterState.Backup, family);
        await cluster.ApplyAsync(0, ours with { MulticastGroup = null });
        cluster.WaitFor(0, RouterState.Master, family);
        Eventually.True(() => cluster.Network[1].Has(InetAddress.Parse(way.Vip)), "keepalived does not hear the standard group");
    }

    [Fact]
    public async Task Peer_outside_its_window_is_discarded_and_inside_it_is_heard()
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer { Unicast = true };
        using var cluster = new Cluster(2);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200, "    unicast_ttl 64"));
        Eventually.True(() => cluster.Network[1].Has(InetAddress.Parse(way.Vip)), "keepalived is Master");
        var peer = cluster.Network[1].IPv4;
        var ours = way.Ours(cluster, 0, 100) with { UnicastTimeToLive = 64, PeerTimeToLive = [new PeerTimeToLive(peer, 254, 255)] };
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, ours);
        cluster.WaitFor(0, RouterState.Master);
        _ = cluster.WaitForEvent(0, VrrpEventKind.PeerMismatch, "TimeToLive");
        Assert.True(cluster.Counter(0).TimeToLiveErrors > 0);

        // Ethernet header 14, TTL the ninth byte of the IPv4 header.
        Assert.Equal(64, tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, "we advertise").Bytes[14 + 8]);
        await cluster.ApplyAsync(0, ours with { PeerTimeToLive = [new PeerTimeToLive(peer, 60, 64)] });
        cluster.WaitFor(0, RouterState.Backup);
    }
}
